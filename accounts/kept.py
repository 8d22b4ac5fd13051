"""What is kept of a person, in words: models and fields by the names they have for readers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

# What the models of others call themselves and their fields says little to a reader.
OTHERS = {"account", "socialaccount", "mfa", "usersessions"}
TITLES = {
    "accounts.user": gettext_lazy("Your account"),
    "account.emailaddress": gettext_lazy("E-mail addresses"),
    "socialaccount.socialaccount": gettext_lazy("Log-in through your organisation"),
    "mfa.authenticator": gettext_lazy("Log-in in two steps"),
    "usersessions.usersession": gettext_lazy("Where you are logged in"),
    "admin.logentry": gettext_lazy("What you have done in the administration"),
    "curation.record": gettext_lazy("Entries you have registered, or are the contact of"),
    "curation.recordevent": gettext_lazy("What you have done to entries"),
    "curation.asking": gettext_lazy("Questions you have answered"),
    "curation.kept": gettext_lazy("Your shortlist"),
    "actors.refusal": gettext_lazy("Where you have said no to being named"),
}
LABELS = {
    "email": gettext_lazy("E-mail"),
    "entry": gettext_lazy("Entry"),
    "name": gettext_lazy("Name"),
    "verified": gettext_lazy("Confirmed"),
    "primary": gettext_lazy("Main address"),
    "provider": gettext_lazy("Through"),
    "uid": gettext_lazy("Known there as"),
    "extra_data": gettext_lazy("What they told us"),
    "type": pgettext_lazy("second step", "Kind"),
    "last_used_at": gettext_lazy("Last used"),
    "ip": gettext_lazy("Network address"),
    "user_agent": gettext_lazy("Browser"),
    "created_at": gettext_lazy("Since"),
    "last_seen_at": gettext_lazy("Last seen"),
}


@dataclass(frozen=True)
class Group:
    """The rows of one kind; each a list of label and value."""

    title: str
    rows: list[list[tuple[str, str]]]


def groups(kept: dict[str, Any]) -> list[Group]:
    """The parts of `personal.export` one after the other, without what holds nothing."""
    found = [group for part in reversed(kept.values()) for group in _groups(part)]
    return [group for group in found if group.rows]


def _groups(part: dict[str, Any]) -> Iterator[Group]:
    for label, rows in part.items():
        model = apps.get_model(label)
        title = capfirst(str(TITLES.get(label, model._meta.verbose_name_plural)))  # noqa: SLF001
        yield Group(title, [_row(model, row) for row in rows])


def _row(model: type[models.Model], row: dict[str, Any]) -> list[tuple[str, str]]:
    said = ((name, value) for name, value in row.items() if value not in (None, "", {}, []))
    return [_in_words(model, name, value) for name, value in said]


def _in_words(model: type[models.Model], name: str, value: Any) -> tuple[str, str]:
    """The name of the field and, where it is one of a list, of the choice."""
    meta = model._meta  # noqa: SLF001
    fields: dict[str, Any] = {field.name: field for field in meta.fields}
    field: Any = fields.get(name)
    ours = field is not None and meta.app_label not in OTHERS
    label = field.verbose_name if ours else LABELS.get(name, name)
    chosen = dict(getattr(field, "flatchoices", ())).get(value) if isinstance(value, str) else None
    return capfirst(str(label)), str(chosen or _value(value))


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return " · ".join(f"{key}: {_value(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_value(each) for each in value)
    moment = parse_datetime(value) if isinstance(value, str) and "T" in value else None
    return str(localize(localtime(moment))) if moment else str(value)
