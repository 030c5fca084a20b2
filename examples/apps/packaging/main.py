"""A server for each way of running it: `main.py` alone, and `main.py:app` by an ASGI or WSGI server."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer

TEXT = b"Hello from Python\n"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(TEXT)


async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": TEXT})


if __name__ == "__main__":
    HTTPServer(("", int(os.environ["PORT"])), Handler).serve_forever()
