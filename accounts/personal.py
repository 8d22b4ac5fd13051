"""What the register keeps of a person: each app says its part, so that it can be handed out and erased.

An app registers in its AppConfig.ready(). Erasing removes the person, not the history: what they did stays,
done by a "former user".
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone
from pghistory.models import Context

from mail import outbox
from mail.models import Message

from .models import User

type Export = Callable[[User], dict[str, Any]]
type Erase = Callable[[User], None]


@dataclass(frozen=True)
class Part:
    """What one app keeps of a person."""

    name: str
    export: Export
    erase: Erase


_parts: dict[str, Part] = {}


def register(name: str, export: Export, erase: Erase) -> None:
    """An app keeps something of people: how to hand it out, and how to erase it.

    `export` returns what `said` makes, or anything else JSON can hold. `erase` runs in a transaction while
    the person is still known by name and address.
    """
    _parts[name] = Part(name, export, erase)


def parts() -> list[Part]:
    """In the order registered; the account itself comes last."""
    return [*_parts.values(), Part("accounts", _export_account, _erase_account)]


def said(rows: models.QuerySet[Any], *fields: str) -> dict[str, list[dict[str, Any]]]:
    """Rows for an export, under the name of their model; `fields` may name attributes of related rows."""
    return {rows.model._meta.label_lower: [_row(row, fields) for row in rows]}  # noqa: SLF001


def _row(row: models.Model, fields: tuple[str, ...]) -> dict[str, Any]:
    values = {field: getattr(row, field) for field in fields}
    return {
        field: str(value) if isinstance(value, models.Model) else value for field, value in values.items()
    }


def addresses(user: User) -> list[str]:
    """Every e-mail address the account is known by."""
    known = EmailAddress.objects.filter(user=user).order_by("pk").values_list("email", flat=True)
    return list(dict.fromkeys([user.email, *known]))


def redact(rows: models.QuerySet[Any], *fields: str, user: User, own: Q) -> None:
    """Put "…" where these texts hold one of the person's addresses and, in their own rows, their name.

    The rest of a text stays. In the rows of others the name is left alone: others bear it too, and anybody
    could call themselves a word they want the history to lose.
    """
    _replace(rows, fields, addresses(user), r"(?<!\w)(?:{words})(?!\w)")
    if user.name:
        _replace(rows.filter(own), fields, [user.name], r"(?<!\w){words}(?!\w)")


def _replace(rows: models.QuerySet[Any], fields: Sequence[str], words: Sequence[str], pattern: str) -> None:
    found = re.compile(pattern.format(words="|".join(map(re.escape, words))), re.IGNORECASE)
    named = Q()
    for field in fields:
        rows = rows.annotate(**{f"{field}_text": Cast(field, models.TextField())})
        for word in words:
            named |= Q(**{f"{field}_text__icontains": word})
    for row in rows.filter(named).order_by("pk"):
        for field in fields:
            setattr(row, field, _without(found, getattr(row, field)))
        row.save(update_fields=fields)


def _without(pattern: re.Pattern[str], value: Any) -> Any:
    """A text, or whatever JSON can hold of texts."""
    if isinstance(value, str):
        return pattern.sub("…", value)
    if isinstance(value, dict):
        return {key: _without(pattern, each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(pattern, each) for each in value]
    return value


def export(user: User) -> dict[str, Any]:
    """All that is kept of a person, part by part, as JSON holds it."""
    found = {part.name: part.export(user) for part in parts()}
    plain: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return plain


@transaction.atomic
def erase(user: User) -> None:
    """Remove a person for ever, and close the account; what they did stays, done by a former user.

    Nothing is sent, and what still waits in the outbox for them is not delivered.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    if person.erased_at is None:
        for part in parts():
            part.erase(person)
    user.refresh_from_db()


# The account's own part


def _export_account(user: User) -> dict[str, Any]:
    return {
        **said(
            User.objects.filter(pk=user.pk),
            "email", "name", "language", "date_joined", "last_login", "is_staff", "is_superuser",
            "is_curator", "idle_warned_at",
        ),
        **said(EmailAddress.objects.filter(user=user).order_by("pk"), "email", "verified", "primary"),
        **said(
            SocialAccount.objects.filter(user=user).order_by("pk"),
            "provider", "uid", "date_joined", "last_login", "extra_data",
        ),
        **said(Authenticator.objects.filter(user=user).order_by("pk"), "type", "created_at", "last_used_at"),
        **said(
            UserSession.objects.filter(user=user).order_by("pk"),
            "ip", "user_agent", "created_at", "last_seen_at",
        ),
        **said(
            LogEntry.objects.filter(user=user).order_by("pk"), "action_time", "object_repr", "change_message"
        ),
    }  # fmt: skip


def _erase_account(user: User) -> None:
    known = addresses(user)
    for address in known:
        outbox.forget(address)
    _forget_in_sessions(user, known)
    redact(Message.objects.exclude(text=""), "subject", "text", user=user, own=Q(pk=None))
    _forget_in_administration(user)
    Context.objects.filter(metadata__user=user.pk).update(metadata={"user": user.pk})
    for model in (EmailAddress, SocialAccount, Authenticator, UserSession):
        model.objects.filter(user=user).delete()
    _close(user)


def _forget_in_sessions(user: User, known: list[str]) -> None:
    """End the person's sessions, and those of browsers in which one of their addresses was typed."""
    gone = [session.pk for session in Session.objects.iterator() if _speaks_of(session, user, known)]
    Session.objects.filter(pk__in=gone).delete()


def _speaks_of(session: Session, user: User, known: list[str]) -> bool:
    data = session.get_decoded()
    if data.get("_auth_user_id") == str(user.pk):
        return True
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, default=str).casefold()
    return any(address.casefold() in text for address in known)


def _forget_in_administration(user: User) -> None:
    """Its log names rows as they were called, and a row of a person begins with their name."""
    rows, fields = LogEntry.objects.all(), ("object_repr", "change_message")
    redact(rows, *fields, user=user, own=Q(pk=None))
    if user.name:
        words = [user.name, json.dumps(user.name)[1:-1]]  # Django writes letters beyond ASCII by number there
        _replace(rows, fields, words, r'(?:^|(?<="object": "))(?:{words})(?=$| – | \\u2013 |")')


def _close(user: User) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    user.email, user.name = f"{uuid4().hex}@erased.invalid", ""
    user.is_active = user.is_staff = user.is_superuser = user.is_curator = False
    user.last_login = user.idle_warned_at = None
    user.erased_at = timezone.now()
    user.set_unusable_password()
    user.save()
