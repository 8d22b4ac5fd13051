"""A system that is told of changes, and the check of signatures that docs/opendata.md shows."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs" / "opendata.md"


def documented_check() -> Any:
    """The function receivers are shown, taken from the page itself."""
    (code,) = re.findall(r"```python\n(import base64.*?)```", DOCS.read_text(), re.DOTALL)
    known: dict[str, Any] = {}
    exec(code, known)  # noqa: S102 - our own page
    return known["check"]


class Receiver:
    """What came, and what to answer."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/hook?a=1"
        self.status, self.heads, self.bodies = 204, list[dict[str, str]](), list[bytes]()
        self.thinks_seconds = 0.0

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]


@contextmanager
def listening() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            receiver.heads.append({name.lower(): value for name, value in self.headers.items()})
            receiver.bodies.append(self.rfile.read(length))
            time.sleep(receiver.thinks_seconds)
            self.send_response(receiver.status)
            if receiver.status == 302:
                self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
