"""The people who log in; nobody is public."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .choices import Language
from .querysets import UserManager


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by e-mail address.

    Rows are never deleted, because the history points at them: `personal.erase` makes one a former user.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.DANISH
    )
    is_staff = models.BooleanField(_("may use the administration"), default=False)
    is_curator = models.BooleanField(_("curates the register"), default=False)
    is_active = models.BooleanField(_("may log in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    idle_warned_at = models.DateTimeField(
        _("warned that the account is idle"), null=True, blank=True, editable=False
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("email",)
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_per_address",
                violation_error_message=_("Somebody already uses this e-mail address."),
            ),
        )

    def __str__(self) -> str:
        if self.erased_at:
            return gettext("former user")
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name, or the address where no name is given."""
        return str(self)

    def get_short_name(self) -> str:
        """The same: people choose how they are called."""
        return str(self)
