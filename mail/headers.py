"""Headers as mail programs read them: an address of a page stays whole, however long it is."""

import email.policy
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy
from typing import Any

from django.core.mail import EmailMultiAlternatives


class Whole(UnstructuredHeader, BaseHeader):
    """In one line: what is longer than a line Python would encode, and no mail program decodes an address."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Whole)


class Mail(EmailMultiAlternatives):
    """A mail with such headers."""

    def message(self, *, policy: Any = email.policy.default) -> EmailMessage:
        whole: EmailMessage = super().message(policy=policy.clone(header_factory=HEADERS))
        return whole
