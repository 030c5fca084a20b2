import { hello } from '../hello';

hello('backend');
