import { hello } from '../hello';

hello('client');
