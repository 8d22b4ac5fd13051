"""Answering a need with an offer: which offers somebody may answer with, and what is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.db.models import F
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from actors.access import Standing, standing
from actors.models import Offer, Refusal
from curation.access import record_to_read
from curation.choices import Kind
from curation.models import Record
from curation.querysets import slim
from curation.reference import Reference
from missions.models import Need, Response

MOST = 100


@dataclass(frozen=True)
class Made:
    """An offer of one's organisations, and what has become of it as an answer to the need."""

    offer: Offer
    response: Response | None
    declined: bool

    @property
    def free(self) -> bool:
        """Whether one may answer with it."""
        return self.response is None and not self.declined


class AnswerForm(forms.Form):
    """Which offer one answers with."""

    offer = forms.ChoiceField(
        label=gettext_lazy("Which offer do you answer with?"), widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the offer you answer with."),
            "invalid_choice": gettext_lazy("Choose one of the offers below."),
        },
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, offers: Iterable[Made]) -> None:
        super().__init__(data, auto_id="f-%s", label_suffix="")
        self.free = [made.offer for made in offers if made.free]
        choices: forms.ChoiceField = self.fields["offer"]  # type: ignore[assignment]
        choices.choices = [(offer.record.public_id, offer.name) for offer in self.free]

    @property
    def chosen(self) -> Offer:
        """The offer that was chosen; for a form that is valid."""
        return next(one for one in self.free if one.record.public_id == self.cleaned_data["offer"])


def need_to_answer(slug: str) -> Need:
    """A published need; whether it can still be answered is another question."""
    record = record_to_read(Kind.NEED, slug, "owner__record")
    if record.slug != slug:
        raise Http404
    need: Need = record.need
    need.record = record
    return need


def offers_of(user: User, need: Need) -> tuple[Standing, list[Made]]:
    """The offers of the organisations somebody speaks for, those that answer the need already among them."""
    stands = standing(user)
    rows = Offer.objects.current().filter(owner__in=stands.speaks_for)
    offers = list(
        rows.select_related("record", "owner__record")
        .defer(*slim("record__"), *slim("owner__record__"))
        .order_by(F("record__sort_da"), "pk")[:MOST]
    )
    held = {row.offer_id: row for row in Response.objects.filter(need=need, offer__in=offers).order_by("pk")}
    declined = _declined(need, offers)
    return stands, [Made(one, held.get(one.pk), one.pk in declined) for one in offers]


def _declined(need: Need, offers: Sequence[Offer]) -> set[int]:
    """The offers the need's owner does not want as an answer."""
    if need.owner_id is None:
        return set()
    said = Refusal.objects.filter(record__in=[offer.pk for offer in offers], actor=need.owner_id)
    return set(said.order_by().values_list("record_id", flat=True))


def answers_to(record: Record) -> Sequence[Response]:
    """What is offered in answer to a need, what waits for a yes or no first; nothing for other kinds."""
    if record.kind != Kind.NEED:
        return ()
    rows = Response.objects.running().with_offer().filter(need=record.pk)
    return list(rows.order_by(F("confirmed_at").asc(nulls_first=True), "pk"))


def new_offer_path(need: Need) -> str:
    """Where one writes a new offer in answer to a need, filled in with what the need is about."""
    reference = Reference.now()
    query = [
        ("need", need.record.slug),
        *(("theme", theme.slug) for theme in reference.themes_of(need.record)),
        *(("place", place.address) for place in reference.places_named(need.record)),
    ]
    return f"{reverse('keeping:begin', args=[Kind.OFFER])}?{urlencode(query)}"
