"""The mails of an enquiry, each in its reader's language. None holds an address of the other side."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import translation

from actors.access import entry_of
from actors.choices import WhatCame
from actors.models import Enquiry
from keeping import tokens
from keeping.addressees import Addressee
from mail import links, outbox
from mail.quoting import quoted

from .access import ASKED, CONFIRM, CONFIRM_WITHIN, SENDER
from .recipients import asked_of


def to_confirm(enquiry: Enquiry) -> None:
    """One link to the address a stranger has typed; nothing else they typed, for it may not be theirs."""
    token = tokens.make(CONFIRM, [enquiry.pk], user=None, address=enquiry.sender_email)
    with translation.override(enquiry.language):
        context = {
            "record": enquiry.record, "days": CONFIRM_WITHIN.days,
            "link": links.absolute(reverse("outreach:enquiry_confirm", args=[token])),
        }  # fmt: skip
        outbox.send(
            "outreach/enquiry_confirm", to=enquiry.sender_email, language=enquiry.language, context=context
        )


def to_asked(template: str, enquiry: Enquiry, people: Iterable[Addressee], **more: Any) -> None:
    """One mail to each of those who were asked, with a link of their own. `text`: what others wrote."""
    for to in people:
        token = token_of_asked(enquiry, to)
        with translation.override(to.language):
            pages = _pages("asked", token, ("", "_decline"))
            context = _context(enquiry) | pages | {"to": to, **_quoted(more)}
            outbox.send(f"outreach/{template}", to=to.email, language=to.language, context=context)


def to_sender(template: str, enquiry: Enquiry, **more: Any) -> None:
    """One mail to whoever wrote it, if there is still somebody to write to."""
    user = enquiry.sender
    email = (user.email if user.is_active else "") if user else enquiry.sender_email
    if not email:
        return
    language = user.language if user else enquiry.language
    with translation.override(language):
        name = user.name if user else enquiry.sender_name
        context = _context(enquiry) | _pages("sender", token_of_sender(enquiry), ("",))
        context |= {"name": name, **_quoted(more)}
        outbox.send(f"outreach/{template}", to=email, language=language, context=context)


def token_of_asked(enquiry: Enquiry, to: Addressee) -> str:
    """What opens the page of somebody it was sent to."""
    return tokens.make(ASKED, [enquiry.pk], user=to.user.pk if to.user else None, address=to.email)


def token_of_sender(enquiry: Enquiry) -> str:
    """What opens the page of whoever wrote it."""
    return tokens.make(SENDER, [enquiry.pk], user=enquiry.sender_id, address=enquiry.sender_email)


def _context(enquiry: Enquiry) -> dict[str, Any]:
    return {
        "enquiry": enquiry,
        "record": enquiry.record,
        "asked": asked_of(entry_of(enquiry.record)),
        "page": links.absolute(enquiry.record.get_absolute_url()),
        "others": links.absolute(reverse("ecosystem:partners")),
    }


def _pages(door: str, token: str, pages: Iterable[str]) -> dict[str, Any]:
    """The links of a mail: to read and answer, to say no, and one for each of what may have come of it."""
    names = {"": "link", "_decline": "decline"}
    found: dict[str, Any] = {
        names[page]: links.absolute(reverse(f"outreach:enquiry_{door}{page}", args=[token])) for page in pages
    }
    came = links.absolute(reverse(f"outreach:enquiry_{door}_came", args=[token]))
    return found | {"came": [(choice.label, f"{came}?came={choice.value}") for choice in WhatCame]}


def _quoted(more: dict[str, Any]) -> dict[str, Any]:
    return {name: quoted(value) if name == "text" else value for name, value in more.items()}
