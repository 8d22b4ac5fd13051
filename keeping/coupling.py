"""Choosing one of one's own labs to couple a need or an offer to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from actors.access import Standing, entry_of, standing
from actors.models import Offer
from curation import query
from curation.choices import Kind
from curation.models import Record
from curation.picking import picks
from curation.reference import Reference
from labs.models import Lab, Link
from missions.models import Need

COUPLED = (Kind.NEED, Kind.OFFER)
MOST = 30


def entry_to_couple(kind: str, slug: str) -> Need | Offer:
    """A published need or offer; nothing else can be coupled to a lab by itself."""
    if kind not in COUPLED:
        raise Http404
    records = Record.objects.shown().published().select_related(f"{kind}__owner__record")
    record = records.filter(kind=kind, slug=slug).first()
    if record is None:
        raise Http404
    entry: Need | Offer = entry_of(record)
    return entry


@dataclass(frozen=True)
class Labs:
    """The labs somebody may couple an entry to; what was searched for; those it is coupled to already."""

    found: Sequence[Lab]
    tied: Sequence[Lab]
    words: str
    searches: bool

    @classmethod
    def of(cls, user: User, entry: Need | Offer, words: str) -> "Labs":
        """One's own; among all one may edit only those the words find, for a curator may edit every lab."""
        stands, question = standing(user), query.read(words)
        rows = Record.objects.shown().current().of_kind(Kind.LAB).select_related("lab__owner__record")
        rows = rows.filter(_own(stands) | _looked_after(stands) if question else _own(stands))
        rows = rows.order_by("sort_da", "pk")
        few = picks(rows, words, Reference.now(), MOST + 1) if question.terms else rows[: MOST + 1]
        labs: list[Lab] = [entry_of(record) for record in few]
        running = Link.objects.filter((entry.kind, entry), lab__in=[lab.pk for lab in labs]).running()
        held = set(running.order_by().values_list("lab_id", flat=True))
        return cls(
            found=[lab for lab in labs if lab.pk not in held][:MOST],
            tied=[lab for lab in labs if lab.pk in held],
            words=words,
            searches=bool(stands.scope) or len(labs) > MOST or bool(words),
        )


def _own(stands: Standing) -> Q:
    """Those of one's organisations, and those one has made for none or for one's own house."""
    made = Q(created_by=stands.user.pk) & (
        Q(lab__owner__isnull=True) | Q(lab__owner__in=list(stands.colleague_of))
    )
    return Q(lab__owner__in=list(stands.memberships)) | made


def _looked_after(stands: Standing) -> Q:
    scope = stands.scope
    if scope.everything:
        return Q(kind=Kind.LAB)
    around = Q(place_ids__overlap=list(scope.places)) | Q(theme_ids__overlap=list(scope.themes))
    return around | Q(pk__in=scope.records)


class CoupleForm(forms.Form):
    """Which lab; nothing is chosen before one chooses."""

    lab = forms.ChoiceField(
        label=_("Which lab?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose a lab."), "invalid_choice": _("Choose one of these labs.")},
    )  # fmt: skip

    def __init__(self, data: Any, *, labs: Sequence[Lab], reference: Reference) -> None:
        super().__init__(data, auto_id="f-%s", label_suffix="")
        self.labs = {lab.record.public_id: lab for lab in labs}
        field: Any = self.fields["lab"]
        field.choices = [(key, _with_place(lab, reference)) for key, lab in self.labs.items()]

    @property
    def chosen(self) -> Lab:
        return self.labs[self.cleaned_data["lab"]]


def _with_place(lab: Lab, reference: Reference) -> str:
    places = ", ".join(place.name for place in reference.places_named(lab.record))
    return f"{lab.name} ({places})" if places else lab.name
