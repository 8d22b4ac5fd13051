"""`manage.py make_local_accounts`: three people to try the register as, on one's own machine."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pghistory.models
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Model

from accounts.models import User

ACCOUNTS: dict[str, dict[str, Any]] = {
    "admin@example.dk": {"name": "Admin", "is_staff": True, "is_superuser": True},
    "curator@example.dk": {"name": "Curator", "is_staff": True, "is_curator": True},
    "employee@aarhus.example": {"name": "Employee"},
}
# The employee's address is tied to an organisation, so that one can register in its name.
EMPLOYER, EMPLOYERS_DOMAIN = "aarhus-kommune", "aarhus.example"
CURATOR = "curator@example.dk"
CURATORS = "Curators"
CURATED = ("places", "curation", "actors", "missions", "labs")


class Command(BaseCommand):
    """Leaves accounts that exist as they are, password and all."""

    help = "Makes an administrator, a curator and an employee to log in as locally, with random passwords."

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = settings.VAR_DIR / "accounts.txt"
        with transaction.atomic():
            made = {
                email: _make(email) for email in ACCOUNTS if not User.objects.filter(email=email).exists()
            }
            User.objects.get(email=CURATOR).groups.add(_curators())
            _confirm_addresses()
            _employ()
            lines = [f"{email}  {password}" for email, password in made.items()]
            if lines:
                _write(file, lines)
        for line in lines or [f"The local accounts exist; their passwords are in {_told(file)}."]:
            self.stdout.write(line)
        if lines:
            self.stdout.write(f"The passwords are kept in {_told(file)}.")


def _make(email: str) -> str:
    password = secrets.token_urlsafe(12)
    User.objects.create_user(email, password, **ACCOUNTS[email])
    return password


def _confirm_addresses() -> None:
    """Nobody reads the mail of these addresses, so that no code can be typed."""
    for user in User.objects.filter(email__in=ACCOUNTS).order_by("email"):
        EmailAddress.objects.get_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )


def _employ() -> None:
    """Who has registered a domain for that organisation is left alone."""
    actor: Any = apps.get_model("actors", "Actor")
    actor.objects.filter(record__slug=EMPLOYER, email_domain="").update(email_domain=EMPLOYERS_DOMAIN)


def _curators() -> Group:
    """Those who look after the register may see, add and change everything in it, but delete nothing."""
    group, _made = Group.objects.get_or_create(name=CURATORS)
    group.permissions.set(_permissions())
    return group


def _permissions() -> Iterable[Permission]:
    models = [model for app in CURATED for model in apps.get_app_config(app).get_models()]
    types = ContentType.objects.get_for_models(*models)
    allowed = {
        (content_type.pk, f"{verb}_{content_type.model}")
        for model, content_type in types.items()
        for verb in _verbs(model)
    }
    found = Permission.objects.filter(content_type__in=types.values())
    return [
        permission for permission in found if (permission.content_type_id, permission.codename) in allowed
    ]


def _verbs(model: type[Model]) -> tuple[str, ...]:
    """The history is written by the database alone."""
    return ("view",) if issubclass(model, pghistory.models.Event) else ("view", "add", "change")


def _write(file: Path, lines: Iterable[str]) -> None:
    """Add to the file, which only its owner may read."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as kept:
        kept.writelines(f"{line}\n" for line in lines)


def _told(file: Path) -> str:
    return str(file.relative_to(settings.BASE_DIR) if file.is_relative_to(settings.BASE_DIR) else file)
