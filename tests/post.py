"""Mail in tests: `delivered()` does what the worker would do, here and now."""

from django.core import mail
from django.core.mail import EmailMessage

from mail.models import Message
from mail.tasks import deliver


def delivered(to: str | None = None) -> list[EmailMessage]:
    """Deliver what waits in the outbox, oldest first, and return all mails of this test so far.

    Works inside the test's transaction and needs no worker: use it after the request or action under test.
    `to` keeps only the mails to that address. Calling it twice delivers nothing twice. A mail has
    `.subject`, `.body` (the plain text, with its links), `.to`, and `.alternatives[0].content` (the HTML).

        anna_asks_for_a_link(client)
        [mail] = delivered(to="anna@example.org")
        assert "/register/" in mail.body
    """
    for message in Message.objects.filter(sent_at=None).exclude(to="").order_by("created_at", "id"):
        deliver(message_id=str(message.pk))
    return [sent for sent in mail.outbox if to is None or to in sent.to]
