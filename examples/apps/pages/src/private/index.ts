import { hello } from '../hello';

hello('private');
