"""From a template to a subject and a text, and from those to a mail with a plain and an HTML part."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import engines
from django.utils import translation

from mail.headers import Mail
from mail.links import absolute
from mail.models import Message
from mail.quoting import parts


class Letter(NamedTuple):
    """What a template says."""

    subject: str
    text: str


def write(template: str, language: str, context: Mapping[str, object]) -> Letter:
    """Render `mail/<template>.txt`: the subject in its first line, an empty line, the text.

    Line breaks that a name brings into the subject become spaces.
    """
    with translation.override(language):
        rendered = engines["mail"].get_template(f"mail/{template}.txt").render(dict(context))
    subject, _, text = rendered.replace("\r\n", "\n").strip().partition("\n\n")
    if not text:
        raise ValueError(f"mail/{template}.txt does not begin with a subject and an empty line.")
    return Letter(" ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", text.strip()))


def compose(message: Message) -> EmailMultiAlternatives:
    """The mail as it leaves: each try is the same but for its date."""
    with translation.override(message.language):
        context = {
            "message": message, "parts": parts(message.text), "home": absolute("/", message.language),
        }  # fmt: skip
        plain = engines["mail"].get_template("mail/base.txt").render(context)
        html = engines["django"].get_template("mail/base.html").render(context)
    headers = {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    if message.unsubscribe:
        headers |= {
            "List-Unsubscribe": f"<{message.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    mail = Mail(message.subject, plain, settings.DEFAULT_FROM_EMAIL, [message.to], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail
