import { hello } from '../hello';

hello('public');
