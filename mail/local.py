"""Mail on one's own machine: written to files instead of being sent, and read from there by a page."""

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{8}\.eml")
NEWEST = 200


class FileBackend(BaseEmailBackend):
    """Writes each mail into a file of its own, whole or not at all."""

    def __init__(self, *, folder: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = folder

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them; the number says how many."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what opens accounts stands in them
        for mail in email_messages:
            whole = mail.message()
            mark = re.sub("[^0-9a-f]", "", str(whole["Message-ID"]))[:8].ljust(8, "0")
            path = self.folder / f"{timezone.localtime():%Y%m%d-%H%M%S-%f}-{mark}.eml"
            draft = path.with_suffix(".part")
            draft.write_bytes(whole.as_bytes())
            draft.rename(path)
        return len(email_messages)


class Kept(NamedTuple):
    """A mail as the page shows it; both parts are text there."""

    name: str
    subject: str
    sender: str
    to: str
    date: Any
    text: str
    html: str


def folder() -> Path | None:
    """Where mails are kept, or None where they are really sent."""
    mailer = settings.MAILERS["default"]
    if mailer["BACKEND"] != f"{__name__}.{FileBackend.__name__}":
        return None
    return mailer["OPTIONS"]["folder"]


def kept(place: Path) -> Iterator[Kept]:
    """The newest mails, newest first."""
    names = sorted((path.name for path in place.glob("*.eml") if NAME.fullmatch(path.name)), reverse=True)
    return (_read(place / name) for name in names[:NEWEST])


def find(place: Path, name: str) -> Kept | None:
    """One mail by the name of its file."""
    path = place / name
    return _read(path) if NAME.fullmatch(name) and path.is_file() else None


def _read(path: Path) -> Kept:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    date = mail["Date"]
    return Kept(
        name=path.name,
        subject=str(mail["Subject"]),
        sender=str(mail["From"]),
        to=str(mail["To"]),
        date=date.datetime if date else None,
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
    )


def _part(mail: Parsed, kind: str) -> str:
    body = mail.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body else ""
