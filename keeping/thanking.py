"""Thanking those a solution came from, once for each adoption, when the organisation itself has said it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone, translation

from labs.models import Adoption
from mail import links, outbox

from .addressees import Addressee, responsible_for, speaking_for


def thank(adoption: Adoption) -> None:
    """One mail to each who answers for the solution, and who speaks for the adopter it was taken from.

    In the caller's transaction. Nothing for what is not public, what is only named, or was thanked for.
    """
    thankful = Adoption.objects.public().confirmed().filter(pk=adoption.pk, thanked_at__isnull=True)
    addressees = dict(_addressees(adoption))
    if not addressees or not thankful.update(thanked_at=timezone.now()):
        return
    at = [adoption.solution.record.slug, adoption.pk]
    for to, passed_on in addressees.values():
        with translation.override(to.language):
            page = links.absolute(reverse("keeping:adoption", args=at))
        context = {
            "to": to, "passed_on": passed_on, "adopter": adoption.adopter, "solution": adoption.solution,
            "since": adoption.in_use_since, "page": page,
        }  # fmt: skip
        outbox.send("keeping/adopted", to=to.email, language=to.language, context=context)


def _addressees(adoption: Adoption) -> Iterator[tuple[str, tuple[Addressee, bool]]]:
    """By address, so that nobody is written to twice; who made it comes last, and so counts."""
    source = _source_of(adoption)
    if source is not None:
        for to in speaking_for(source.adopter):
            yield to.email.lower(), (to, True)
    for to in responsible_for(adoption.solution):
        yield to.email.lower(), (to, False)


def _source_of(adoption: Adoption) -> Adoption | None:
    """From whom it was taken, if that organisation says so itself."""
    confirmed = Adoption.objects.public().confirmed().filter(passed_on=adoption.pk)
    return confirmed.select_related("adopter__record").first()
