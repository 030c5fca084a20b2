import { hello } from '../hello';

hello('server');
