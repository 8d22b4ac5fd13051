"""A mail server in a thread of the tests: it can be down, hang up, or take what it is sent."""

import socket
import threading
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self


class MailServer:
    """Speaks as much SMTP as a client needs; what it has said yes to, or was about to, is in `received`."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.hangs_up = False
        self.thinks_seconds = 0.0
        self.port = 0
        self._listener: socket.socket | None = None

    def __enter__(self) -> Self:
        self.up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()

    @property
    def url(self) -> str:
        """For SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def up(self) -> None:
        """Listen, on the same port each time."""
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port))
            self.port = self._listener.getsockname()[1]
            threading.Thread(target=self._listen, args=[self._listener], daemon=True).start()

    def down(self) -> None:
        """Refuse new connections; a conversation that has begun is brought to its end."""
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                return
            if self.hangs_up:
                client.close()
            else:
                threading.Thread(target=self._talk, args=[client], daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with client, client.makefile("rwb") as line:
            try:
                self._converse(line)
            except OSError:
                return  # the client was killed

    def _converse(self, line: Any) -> None:
        _say(line, "220 here")
        while words := line.readline().split():
            verb = words[0].upper()
            if verb == b"DATA":
                _say(line, "354 go on")
                self.received.append(_read(line))
                time.sleep(self.thinks_seconds)
            _say(line, "221 bye" if verb == b"QUIT" else "250 yes")
            if verb == b"QUIT":
                return


def _say(line: Any, text: str) -> None:
    line.write(text.encode() + b"\r\n")
    line.flush()


def _read(line: Any) -> EmailMessage:
    whole = bytearray()
    while (part := line.readline()) != b".\r\n":
        if not part:
            raise ConnectionResetError
        whole += part.removeprefix(b".") if part.startswith(b"..") else part
    return message_from_bytes(bytes(whole), policy=policy.default)
