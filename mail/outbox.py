"""Sending mail: a row and a job in the caller's transaction; a worker delivers what was committed."""

from collections.abc import Mapping

from django.core.validators import validate_email
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from mail.composing import write
from mail.models import Message
from mail.tasks import deliver


@transaction.atomic
def send(
    template: str, *, to: str, language: str, context: Mapping[str, object], unsubscribe: str = ""
) -> Message:
    """Put a mail into the outbox: it leaves once, and only if, the caller's transaction is committed.

    `templates/mail/<template>.txt` is rendered now, in that language. An address that is none is refused
    with a ValidationError. Addresses of pages in the context come from `mail.links.absolute`; so does
    `unsubscribe`, the page to which mail programs send a POST so that no such mail comes again (RFC 8058).
    """
    validate_email(to)
    letter = write(template, language, context)
    message = Message.objects.create(
        to=to, language=language, template=template, subject=letter.subject, text=letter.text,
        unsubscribe=unsubscribe,
    )  # fmt: skip
    deliver.defer(message_id=str(message.pk))
    return message


@transaction.atomic
def forget(address: str) -> int:
    """Erase an address that is not to be known any more; what waits for it is not delivered.

    A last word to that person is sent after this, not before.
    """
    known = Message.objects.filter(to__iexact=address)
    return known.update(to="", subject="", text="", unsubscribe="")


@transaction.atomic
def send_again() -> int:
    """A new job for each mail that waits without one, because its last try has failed."""
    at_it = ProcrastinateJob.objects.filter(task_name=deliver.name, status__in=["todo", "doing"])
    known = set(at_it.values_list("args__message_id", flat=True))
    waiting = Message.objects.filter(sent_at=None).exclude(to="").values_list("pk", flat=True)
    lost = [str(pk) for pk in waiting if str(pk) not in known]
    for message_id in lost:
        deliver.defer(message_id=message_id)
    return len(lost)
