"""Who is told that an entry was merged into another: those behind both, and those who look after them."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from actors.access import entry_of
from curation.models import Record, Stewardship
from keeping.addressees import Addressee, responsible_for
from mail import links, outbox

type People = Mapping[int, list[Addressee]]


def people_of(*records: Record) -> People:
    """For each entry who answers for it, who made it, and who was given it to look after; each once."""
    found: dict[int, list[Addressee]] = {}
    told: set[str] = set()
    for record in records:
        people = [*responsible_for(entry_of(record)), *_made_and_look_after(record)]
        found[record.pk] = []
        for each in people:
            if each.email.lower() not in told:
                told.add(each.email.lower())
                found[record.pk].append(each)
    return found


def tell_merged(people: People, gone: Record, kept: Record, reason: str) -> None:
    """Those behind the merged entry are told where it stands now, those of the kept one what came to it."""
    for record, template in ((gone, "desk/merged"), (kept, "desk/took_in")):
        for each in people.get(record.pk, ()):
            _send(template, each, gone=gone, kept=kept, reason=reason)


def tell_undone(people: People, gone: Record, kept: Record) -> None:
    """Everybody behind either is told that they are two again."""
    for each in (*people.get(gone.pk, ()), *people.get(kept.pk, ())):
        _send("desk/merge_undone", each, gone=gone, kept=kept)


def _made_and_look_after(record: Record) -> Iterable[Addressee]:
    made = User.objects.filter(records_made=record, is_active=True)
    rows = Stewardship.objects.running().filter(record=record).select_related("user").order_by("pk")
    for user in (*made, *(row.user for row in rows)):
        yield Addressee(user.email, user.language, user)


def _send(template: str, to: Addressee, *, gone: Record, kept: Record, reason: str = "") -> None:
    with translation.override(to.language):
        at = [kept.kind, kept.slug]
        context = {
            "name": to.name,
            "gone": gone.name,
            "kept": kept.name,
            "reason": reason,
            "link": links.absolute(kept.get_absolute_url()),
            "gone_link": links.absolute(gone.get_absolute_url()),
            "history": links.absolute(reverse("keeping:history", args=at)),
            "suggest": links.absolute(reverse("keeping:suggest_in_words", args=at)),
        }
    outbox.send(template, to=to.email, language=to.language, context=context)
