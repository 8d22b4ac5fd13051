"""Where mail goes: a server at SMTP_URL, or files in `var/mail` on one's own machine."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FILES = "mail.local.FileBackend"
# Each scheme's way to encrypt, and the port it usually has
SCHEMES: dict[str, tuple[dict[str, bool], int]] = {
    "smtp": ({}, 25),
    "smtp+starttls": ({"use_tls": True}, 587),
    "smtps": ({"use_ssl": True}, 465),
}
SECONDS = 20  # a mail server that says nothing for longer is tried again later


def mailers(address: str, *, local: Path | None) -> dict[str, dict[str, Any]]:
    """The setting MAILERS: the folder `local`, or the server; without an address this machine's own."""
    if local is not None:
        return {"default": {"BACKEND": FILES, "OPTIONS": {"folder": local}}}
    return {"default": {"BACKEND": SMTP, "OPTIONS": _server(address or "smtp://localhost")}}


def _server(address: str) -> dict[str, Any]:
    """`smtp+starttls://user:password@host:587`, where reserved characters are written in percent signs."""
    try:
        parts = urlsplit(address)
        encryption, usual = SCHEMES[parts.scheme]
        server = {"host": parts.hostname, "port": parts.port or usual, "timeout": SECONDS}
    except (KeyError, ValueError):
        server = {"host": None}
    if not server["host"]:
        raise ImproperlyConfigured("SMTP_URL must look like smtp+starttls://user:password@host:587.")
    return {
        **server,
        **encryption,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
    }
