"""Where nothing is sent: our own network by whatever name, slow receivers, strange addresses (threat 12)."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from opendata.webhooks import sending
from opendata.webhooks.addresses import Forbidden, may_send_to, target_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_production(settings: Any) -> None:
    settings.WEBHOOK_ALLOW_LOCAL = False


@pytest.mark.usefixtures("in_production")
@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3",  # noqa: S104
        "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::",
        "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "fec0::1", "2001:db8::1",
        "no address",
    ],
)  # fmt: skip
def test_closed_networks_are_refused(address: str) -> None:
    assert not may_send_to(address)


@pytest.mark.usefixtures("in_production")
def test_the_open_internet_is_not() -> None:
    assert may_send_to("185.15.59.224")
    assert may_send_to("2a02:ec80:300:ed1a::1")
    assert may_send_to("::ffff:185.15.59.224")


@pytest.mark.usefixtures("in_production")
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://example.org/", "https"), ("https://example.org:22/", "port"),
        ("https://example.org:80/", "port"),
        ("https://user:word@example.org/", "address"), ("https://user@example.org/", "address"),
        ("ftp://example.org/", "https"), ("file:///etc/passwd", "address"), ("https:///", "address"),
        ("https://ex ample.org/", "address"), ("https://example.org/\r\nX: y", "address"),
        ("https://example.org\\@127.0.0.1/", "address"), ("https://example.org:99999/", "address"),
        ("https://[::1/", "address"), ("https://æøå.dk/", "address"),
        ("https://a.dk/" + "a" * 500, "address"),
    ],
)  # fmt: skip
def test_strange_addresses_are_refused(address: str, why: str) -> None:
    with pytest.raises(Forbidden, match=f"^{why}$"):
        target_of(address)


@pytest.mark.usefixtures("in_production")
def test_a_name_that_stands_for_a_closed_network_is_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [(2, 1, 6, "", ("185.15.59.224", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: answers)
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("it was connected"))
    assert sending.post("https://inside.example.org/", {}, b"") == sending.Answer(
        problem="forbidden: network"
    )
    for literal in ("https://2130706433/", "https://0x7f.1/", "https://[::ffff:7f00:1]/", "https://0/"):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("127.0.0.1", 443))])
        assert sending.post(literal, {}, b"").problem.startswith("forbidden"), literal


@pytest.mark.usefixtures("in_production")
def test_it_connects_to_the_very_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    lookups = iter([[(2, 1, 6, "", ("185.15.59.224", 443))], [(2, 1, 6, "", ("127.0.0.1", 443))]])

    def connect(where: Any, **_options: Any) -> Any:
        asked.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: next(lookups))
    monkeypatch.setattr(socket, "create_connection", connect)
    assert sending.post("https://rebinding.example.org/", {}, b"").problem == "ConnectionRefusedError"
    assert asked == [("185.15.59.224", 443)]


@pytest.fixture
def drip() -> Iterator[int]:
    """Answers one letter at a time, for ever."""
    server = socket.create_server(("127.0.0.1", 0))
    ends = threading.Event()

    def answer() -> None:
        connection, _address = server.accept()
        with connection:
            while not ends.wait(0.05):
                try:
                    connection.sendall(b"H")
                except OSError:
                    return

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield server.getsockname()[1]
    ends.set()
    thread.join()
    server.close()


def test_a_receiver_that_speaks_slowly_is_left_after_its_time(
    drip: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.4)
    began = time.monotonic()
    assert sending.post(f"http://127.0.0.1:{drip}/", {}, b"x") == sending.Answer(problem="timeout")
    assert time.monotonic() - began < 3


def test_encryption_is_not_spoken_to_who_does_not(drip: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "SECONDS", 2)
    answer = sending.post(f"https://127.0.0.1:{drip}/", {}, b"x")
    assert (answer.status, answer.problem) == (None, "SSLError")
