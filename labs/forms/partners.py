"""The part of a section that asks who takes part in a trial or a solution; who is named confirms it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from actors.forms.parties import PickParties, said_parties, set_parties
from actors.forms.picking import RowShown
from curation.forms import Section
from curation.models import Entry

from ..models import Partner

MOST_PARTNERS = 30


class PickPartners(PickParties):
    """Organisations with their part; each once in a role."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"most": MOST_PARTNERS} | options)

    def wrong(self, rows: Sequence[RowShown]) -> list[str]:
        """Two words of a source that tell no role are no two roles here."""
        without = Counter(
            row.actor or row.name
            for row in rows
            if row.form.is_valid() and not row.form.cleaned_data["role"] and row.form.cleaned_data["said"]
        )
        twice = [str(who) for who, times in without.items() if times > 1]
        words = _("%(name)s stands twice with the same role.")
        return list(dict.fromkeys([*super().wrong(rows), *(words % {"name": name} for name in twice)]))


class PartnersSection(Section):
    """A section that asks who takes part, in which role and on which side."""

    partners = PickPartners(
        label=gettext_lazy("Partners"),
        find_label=gettext_lazy("Add an organisation"),
        help_text=gettext_lazy(
            "Those who take part besides the one it belongs to. We ask them to confirm; until then they are"
            " drawn with a dotted edge."
        ),
    )

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        return super().said(entry) | {"partners": said_parties(_partners(entry))}

    def write_ties(self, entry: Entry, *, by: User | None = None) -> None:
        super().write_ties(entry, by=by)
        if "partners" in self.cleaned_data:
            set_parties(
                _partners(entry),
                self.cleaned_data["partners"],
                lambda actor: Partner(actor=actor, **{f"{entry.kind}_id": entry.pk}),
                record=entry.record,
                by=by,
            )


def _partners(entry: Entry) -> Sequence[Partner]:
    rows = Partner.objects.filter((entry.kind, entry.pk)).select_related("actor__record")
    return list(rows.order_by("pk"))
