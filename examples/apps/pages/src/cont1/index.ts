import { hello } from '../hello';

hello('cont1');
