"""The field that asks who takes part, in which role and on which side."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from curation.choices import Side
from curation.fields import Year
from curation.models import Record

from ..access import standing
from ..choices import Role, RoleSaid
from ..models import Actor, Party
from ..refusals import refused
from ..ties import let_go, over_since, take_up
from .picking import Chosen, OrganisationForm, PickActors, Row, RowShown, made_of, read, written

MOST_PARTIES = 60
SIDES = (
    (Side.PULL, gettext_lazy("PULL, pulls with a need")),
    (Side.PUSH, gettext_lazy("PUSH, pushes with knowledge")),
    (Side.BOTH, gettext_lazy("Both")),
)


class PartyForm(OrganisationForm):
    """An organisation's part: role, side, years. `said` is a source's word that tells no role."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[("", gettext_lazy("Choose a role")), *Role.choices],
    )
    side = forms.ChoiceField(label=gettext_lazy("Side"), choices=SIDES, widget=forms.RadioSelect)
    since = Year(label=gettext_lazy("Since (year)"), ahead=0)
    until = Year(label=gettext_lazy("Until (year)"), ahead=30)
    said = forms.ChoiceField(choices=[("", ""), *RoleSaid.choices], widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, title: str, **options: Any) -> None:
        super().__init__(*args, **options)
        name = {"name": title}
        self.fields["role"].required = not self.data.get(self.add_prefix("said"))
        self.fields["role"].error_messages["required"] = _("Choose a role for %(name)s.") % name
        self.fields["side"].error_messages["required"] = _("Choose a side for %(name)s.") % name

    def clean(self) -> dict[str, Any]:
        """A role that is told takes the place of a source's word."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("It cannot be over before it began."))
        return cleaned | {"said": ""} if cleaned.get("role") else cleaned


class PickParties(PickActors):
    """Organisations with their part in a lab or a mission; one of them may be the host."""

    look: ClassVar[str] = "parties"
    row_form: ClassVar[type[OrganisationForm]] = PartyForm

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"most": MOST_PARTIES, "required": False} | options)

    def with_added(self, values: list[str], added: str) -> list[str]:
        """Once more is allowed: an organisation may have two roles."""
        return [*values, written({"actor": added})]

    def form_options(self, title: str) -> dict[str, Any]:
        return {"title": title}

    def filled(self, row: Row, actor: Actor | None) -> Row:
        """Its usual side, until somebody says another."""
        return {"side": actor.side} | row if actor else row

    def wrong(self, rows: Sequence[RowShown]) -> list[str]:
        told = [(row, row.form.cleaned_data) for row in rows if row.form.is_valid()]
        found = []
        hosts = [
            row.name for row, said in told if said["role"] == Role.HOST and not over_since(said["until"])
        ]
        if len(hosts) > 1:
            found.append(
                _("There can be one host. These are named: %(names)s.") % {"names": ", ".join(hosts)}
            )
        parts = Counter((row.actor or row.name, said["role"], said["said"]) for row, said in told)
        twice = [str(who) for (who, _role, _said), times in parts.items() if times > 1]
        found += [_("%(name)s stands twice with the same role.") % {"name": name} for name in twice]
        return [*found, *self._refusals(rows)]

    def _refusals(self, rows: Sequence[RowShown]) -> list[str]:
        if self.section.entry is None or self.section.entry.pk is None:
            return []
        held = self.section.kept
        actors = {row.actor.pk: row.name for row in rows if row.actor and row.actor.pk not in held}
        words = _("%(name)s has declined to be named here.")
        return [words % {"name": actors[pk]} for pk in sorted(refused(self.section.entry.record, actors))]

    def text(self, values: Sequence[str]) -> str:
        """One line for each: name, role, side, years."""
        return "\n".join(
            self._line(row, read(value)) for row, value in zip(self.rows(values), values, strict=True)
        )

    def _line(self, shown: RowShown, row: Row) -> str:
        filled = self.filled(row, shown.actor)
        labels = {"role": dict(Role.choices), "said": dict(RoleSaid.choices), "side": dict(Side.choices)}
        told = [str(label.get(filled.get(key, ""), "")) for key, label in labels.items()]
        since = _("from %(year)s") % {"year": filled["since"]} if filled.get("since") else ""
        until = _("until %(year)s") % {"year": filled["until"]} if filled.get("until") else ""
        return " · ".join(part for part in (shown.name, *told, since, until) if part)


def said_parties(parties: Iterable[Party]) -> list[str]:
    """What the running ones of rows of parties say, as the field's values; loaded with actor and record."""
    return [written(_row(party)) for party in parties if party.ended_on is None]


def _row(party: Any) -> Row:
    return {
        "actor": party.actor.record.public_id, "role": party.role, "said": party.role_said,
        "side": party.side, "since": str(party.since or ""), "until": str(party.until or ""),
    }  # fmt: skip


def set_parties(
    held: Sequence[Any], chosen: Sequence[Chosen], make: Any, *, record: Record, by: User | None
) -> None:
    """Bring rows of parties of an entry to what was chosen; `held` are all it has, ended ones too.

    What is not chosen any more has ended. A row keeps what was confirmed while its organisation and role
    stay. Whoever speaks for an organisation has said yes for it by naming it.
    """
    speaks_for = standing(by).speaks_for if by else frozenset()
    wanted = [(actor, _values(one)) for actor, one in made_of(chosen, by=by)]
    rows = _matched(held, wanted)
    goes_on = {row.pk for row in rows.values()}
    let_go([row for row in held if row.pk not in goes_on], record)
    # There is room for one host, so the old one must have left before the new one comes.
    for number, (actor, values) in sorted(
        enumerate(wanted), key=lambda pair: pair[1][1]["role"] == Role.HOST
    ):
        _bring(rows.get(number) or make(actor=actor), values, confirmed=actor.pk in speaks_for)


def _matched(held: Sequence[Any], wanted: Sequence[tuple[Actor, Mapping[str, Any]]]) -> dict[int, Any]:
    """Which row each wanted part goes on with: that of the same role, else one of the same organisation.

    One that has ended is taken up again in its own role only.
    """
    left, rows = list(held), {}
    for exactly in (True, False):
        for number, (actor, values) in enumerate(wanted):
            found = next((row for row in left if _goes_on(row, actor, values, exactly=exactly)), None)
            if number not in rows and found is not None:
                rows[number] = found
                left.remove(found)
    return rows


def _goes_on(row: Any, actor: Actor, values: Mapping[str, Any], *, exactly: bool) -> bool:
    if row.actor_id != actor.pk:
        return False
    same_role = (row.role, row.role_said) == (values["role"], values["role_said"])
    return same_role or (not exactly and row.ended_on is None)


def _values(one: Chosen) -> dict[str, Any]:
    said = one.said
    return {
        "role": said["role"], "role_said": said["said"], "side": said["side"], "since": said["since"],
        "until": said["until"],
    }  # fmt: skip


def _bring(row: Any, values: Mapping[str, Any], *, confirmed: bool) -> None:
    over = over_since(values["until"])
    goes_on_again = row.ended_on is not None and over is None
    if row.pk and not goes_on_again and all(getattr(row, name) == value for name, value in values.items()):
        return
    if goes_on_again:
        take_up(row, confirmed=confirmed)
    elif row.pk and row.role != values["role"]:
        row.confirmed_at = row.asked_at = None
    for name, value in values.items():
        setattr(row, name, value)
    row.ended_on = over
    if confirmed and row.confirmed_at is None:
        row.confirmed_at = timezone.now()
    row.save()
