"""Fields that choose entries that belong to an organisation, as one types: offers here, others further up."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from curation.choices import State
from curation.fields import OFFERED, Pick, Picked
from curation.models import Record
from curation.picking import picks

from ..access import standing
from ..models import Offer
from ..refusals import refused


class PickEntries(Pick):
    """Entries of one kind by their public id: published ones, and those the entry is tied to already.

    What has ended is not offered, but may stay chosen. What belongs to an organisation that has declined to
    be tied to the entry cannot be added, unless by somebody who speaks for it.
    """

    model: ClassVar[Any]

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"most": 20, "required": False} | options)

    def things(self, values: Sequence[str]) -> Mapping[str, Any]:
        wanted = [value for value in values if value.isalnum()]
        if not wanted:
            return {}
        visible = Q(record__state=State.PUBLISHED) | Q(pk__in=self.section.kept)
        found = self.model.objects.filter(visible, record__public_id__in=wanted)
        return {entry.record.public_id: entry for entry in self._with_owner(found).order_by("pk")}

    def _with_owner(self, found: Any) -> Any:
        return found.select_related("record", "owner__record")

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if names := self._declined(chosen):
            raise ValidationError(_("%(names)s: it has been declined here.") % {"names": ", ".join(names)})
        return chosen

    def _declined(self, chosen: Sequence[Any]) -> list[str]:
        if not chosen or self.section.entry is None or self.section.entry.pk is None:
            return []
        held = self.section.kept
        new = {entry: entry.owner_id for entry in chosen if entry.pk not in held and entry.owner_id}
        declined = refused(self.section.entry.record, new.values()) if new else set()
        if declined and isinstance(self.section.by, User):
            declined -= standing(self.section.by).speaks_for
        return [entry.name for entry, owner in new.items() if owner in declined]

    def shown(self, value: str, thing: Any) -> Picked:
        return Picked(value, thing.name, self.note(thing))

    def note(self, thing: Any) -> str:
        """Whose it is and where, to tell it from others of its name."""
        places = ", ".join(place.name for place in self.section.reference.places_named(thing.record))
        owner = thing.owner.name if thing.owner and thing.owner.is_public else ""
        return " · ".join(filter(None, (owner, places)))

    def offers(self, typed: str, chosen: Sequence[str]) -> list[Picked]:
        rows = Record.objects.current().of_kind(self.model.kind).exclude(public_id__in=chosen)
        rows = rows.only("pk").order_by("-quality", "pk")
        ids = [record.pk for record in picks(rows, typed, self.section.reference, OFFERED)]
        found = self._with_owner(self.model.objects.filter(pk__in=ids)).in_bulk()
        return [self.shown(found[pk].record.public_id, found[pk]) for pk in ids]


class PickOffers(PickEntries):
    """Offers: what is brought, by whom."""

    what = "offer"
    model = Offer

    def note(self, thing: Any) -> str:
        return " · ".join(filter(None, (str(thing.get_type_display()), super().note(thing))))
