"""How often the API is asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Asking(models.Model):
    """How many requests a client has made in a window of time.

    `client` is a token's number or a keyed digest of an address. The table is not logged: it need not
    survive a crash, and counting waits for no disk. Rows are removed within the hour.
    """

    client = models.CharField(_("client"), max_length=40, primary_key=True)
    window = models.BigIntegerField(_("window"))
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        verbose_name = _("requests of a client")
        verbose_name_plural = _("requests of clients")
        ordering = ("client",)

    def __str__(self) -> str:
        return f"{self.window}: {self.number}"
