import { createServer } from 'node:http';

createServer((_request, response) => response.end('Hello from TypeScript\n')).listen(process.env.PORT);
