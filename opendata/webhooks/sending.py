"""One POST to an address that was checked: five seconds for all of it, no redirect followed, no body read."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from .addresses import SECONDS, Forbidden, Target, addresses_of, target_of

LONGEST_SAID = 300


@dataclass(frozen=True)
class Answer:
    """What came back: a status, or why there is none."""

    status: int | None = None
    problem: str = ""

    @property
    def taken(self) -> bool:
        """Whether the receiver said that it has it."""
        return self.status is not None and 200 <= self.status < 300


def post(address: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """Send it once. Whatever goes wrong is an answer too, never an exception."""
    began = time.monotonic()
    try:
        target = target_of(address)
        where = addresses_of(target)[0]
        return _sent(target, where, headers, body, began + SECONDS)
    except Forbidden as forbidden:
        return Answer(problem=f"forbidden: {forbidden}")
    except ssl.SSLCertVerificationError as refused:
        return Answer(problem=f"certificate: {refused.verify_message}"[:LONGEST_SAID])
    except TimeoutError:
        return Answer(problem="timeout")
    except (OSError, http.client.HTTPException) as problem:
        return Answer(problem=type(problem).__name__[:LONGEST_SAID])


def _sent(target: Target, where: str, headers: Mapping[str, str], body: bytes, until: float) -> Answer:
    raw = socket.create_connection((where, target.port), timeout=_left(until))
    with raw, _ends(raw, _left(until)) as over:
        try:
            return _asked(target, raw, headers, body)
        except (OSError, http.client.HTTPException):
            if over.is_set():
                raise TimeoutError from None
            raise


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _asked(target: Target, raw: socket.socket, headers: Mapping[str, str], body: bytes) -> Answer:
    connection = http.client.HTTPConnection(target.host, target.port, timeout=SECONDS)
    connection.sock = _encrypted(target, raw) if target.encrypted else raw
    try:
        connection.request("POST", target.path, body, {"Host": target.named, **headers})
        response = connection.getresponse()
        return Answer(response.status, response.reason[:LONGEST_SAID])
    finally:
        connection.close()


def _encrypted(target: Target, raw: socket.socket) -> ssl.SSLSocket:
    """The certificate has to be for the name that was asked for, not for the address it stands for."""
    return ssl.create_default_context().wrap_socket(raw, server_hostname=target.host)


@contextmanager
def _ends(raw: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """When its time is over nothing comes through any more, however slowly the other side speaks."""
    held, over = raw.dup(), threading.Event()

    def end() -> None:
        over.set()
        try:
            held.shutdown(socket.SHUT_RDWR)
        except OSError:  # it is closed already
            return

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()
        held.close()
