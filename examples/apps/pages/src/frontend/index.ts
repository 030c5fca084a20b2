import { hello } from '../hello';

hello('frontend');
