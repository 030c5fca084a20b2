import { createServer } from 'node:http';

/** Says hello at the port that the container is told. */
export function hello(from: string): void {
  createServer((_request, response) => response.end(`Hello from ${from}\n`)).listen(process.env.PORT);
}
