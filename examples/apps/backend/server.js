const http = require("node:http");

http
  .createServer((request, response) => response.end("Hello from the backend"))
  .listen(process.env.PORT, () => console.info(`listening on ${process.env.PORT}`));
