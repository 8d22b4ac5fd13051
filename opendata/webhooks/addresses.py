"""Where a webhook may send: to the open internet, and never into our own network.

Whoever makes a webhook chooses where our server connects to. So a name is looked up once, each address it
stands for is checked, and the connection is made to the very address that was checked.
"""

import ipaddress
import re
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

PORTS = (443, 8443)
LONGEST = 500
SECONDS = 5
NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", re.ASCII)
# IPv6 addresses that a gateway turns into IPv4 ones.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
type Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Forbidden(Exception):
    """Nothing is sent there; says why in one word."""


@dataclass(frozen=True)
class Target:
    """An address taken apart."""

    host: str
    port: int
    path: str
    encrypted: bool

    @property
    def named(self) -> str:
        """As the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.encrypted else 80
        return host if self.port == usual else f"{host}:{self.port}"


def target_of(address: str) -> Target:
    """An https address at one of the usual ports, without a password in it. Raises `Forbidden`."""
    if len(address) > LONGEST or not address.isascii() or not address.isprintable() or " " in address:
        raise Forbidden("address")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Forbidden("address") from None
    host, encrypted = parts.hostname or "", parts.scheme == "https"
    if parts.username is not None or parts.password is not None or "\\" in address:
        raise Forbidden("address")
    if not (NAME.fullmatch(host) or _literal(host)):
        raise Forbidden("address")
    target = Target(host, port or (443 if encrypted else 80), _path(parts), encrypted)
    if settings.WEBHOOK_ALLOW_LOCAL and parts.scheme in ("http", "https"):
        return target
    if not encrypted:
        raise Forbidden("https")
    if target.port not in PORTS:
        raise Forbidden("port")
    return target


def _path(parts: SplitResult) -> str:
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def addresses_of(target: Target, seconds: float = SECONDS) -> Sequence[str]:
    """What a host's name stands for now. Raises `Forbidden` if any of it lies where nothing may be sent."""
    found = [str(_literal(target.host))] if _literal(target.host) else _looked_up(target, seconds)
    if not found:
        raise Forbidden("name")
    if not all(may_send_to(address) for address in found):
        raise Forbidden("network")
    return found


def may_send_to(text: str) -> bool:
    """Whether an address is one of the open internet; on a developer's machine also the machine itself."""
    address = _literal(text.partition("%")[0])
    if address is None:
        return False
    if settings.WEBHOOK_ALLOW_LOCAL and address.is_loopback:
        return True
    return all(_is_open(one) for one in _meant(address))


def _is_open(address: Address) -> bool:
    site = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not (address.is_multicast or address.is_reserved or site)


def _meant(address: Address) -> Sequence[Address]:
    """What is reached through an address: of IPv6 that carries IPv4, both."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    within = [address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        within.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [address, *(one for one in within if one is not None)]


def _looked_up(target: Target, seconds: float) -> Sequence[str]:
    """Asked in a thread of its own, because asking has no time limit."""
    found: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    return list(found)
