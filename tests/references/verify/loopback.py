"""A server on this machine, in a thread of the tests."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Loopback:
    """Gives every question to ``respond``; ``base`` is its address, which ends with a slash."""

    protocol = "HTTP/1.0"

    def __init__(self) -> None:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = loopback.protocol

            def do_GET(self) -> None:
                loopback.respond(self)

            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that went away
        self.port = self._server.server_port
        self.base = f"http://127.0.0.1:{self.port}/"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
