import { hello } from '../src/hello';

hello('the server');
