const http = require("node:http");

// The containers of a task share their network: the backend answers at localhost.
http
  .createServer(async (request, response) => {
    const answer = await fetch(`http://localhost:${process.env.BACKEND_PORT}/`);
    response.end(`The backend says: ${await answer.text()}`);
  })
  .listen(process.env.PORT, () => console.info(`listening on ${process.env.PORT}`));
