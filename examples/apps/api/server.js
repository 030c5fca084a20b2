const http = require("node:http");

http
  .createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ message: "Hello", path: request.url, bucket: process.env.STP_PHOTOS_BUCKET_NAME }));
  })
  .listen(process.env.PORT, () => console.info(`listening on ${process.env.PORT}`));
