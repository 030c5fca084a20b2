const http = require("node:http");

// The others of the stack answer at the names that Service Connect gives them.
http
  .createServer(async (request, response) => {
    if (request.url === "/health") return response.end("well");
    const answer = await fetch(`${process.env.PEER_URL}/health`);
    response.end(`${process.env.PEER_URL} is ${await answer.text()}`);
  })
  .listen(process.env.PORT, () => console.info(`listening on ${process.env.PORT}`));
