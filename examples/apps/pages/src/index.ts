import { hello } from './hello';

hello('the container');
