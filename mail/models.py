"""A mail on its way out, and what is kept of it afterwards."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone


class Message(models.Model):
    """One mail to one address.

    Its subject and text may hold names and tokens, and so may the address that ends such mails
    (`unsubscribe`): they are erased when it is delivered, its address 30 days later. Which template was sent
    when, and in which language, stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    template = models.CharField(max_length=100)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    # With a default in the database, so that what runs while this is migrated can go on sending.
    unsubscribe = models.TextField(blank=True, default="", db_default="")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        indexes = [
            models.Index(fields=["created_at"], name="mail_message_created"),
            models.Index(Upper("to"), name="mail_message_to", condition=~Q(to="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(subject="", text="", unsubscribe=""),
                name="a_delivered_mail_holds_no_text",
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.id}"

    @property
    def message_id(self) -> str:
        """The same each time the mail is tried, so that a second copy can be told from a second mail."""
        return f"<{self.id}@{urlsplit(settings.BASE_URL).hostname}>"
