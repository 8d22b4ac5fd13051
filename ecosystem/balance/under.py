"""The evidence of one place under one theme of either level."""

from django.db import connection
from django.db.models import Count, Q

from curation.choices import Kind, Side
from curation.models import Record, Theme
from curation.reference import Reference
from places.models import Place

from .counting import country_of
from .evidence import Evidence, EvidenceKind
from .rows import links_by_side

GOING = {
    EvidenceKind.NEED: Q(kind=Kind.NEED),
    EvidenceKind.MISSION: Q(kind=Kind.MISSION),
    EvidenceKind.LAB: Q(kind=Kind.LAB),
    EvidenceKind.OFFER: Q(kind=Kind.OFFER),
    EvidenceKind.PUSH_ACTOR: Q(kind=Kind.ACTOR, sides__contains=[Side.PUSH]),
}


def evidence_of(place: Place, theme: Theme | None, reference: Reference) -> Evidence:
    """Of all, of a theme of the first level, or of a narrower one, which is counted when first asked for."""
    if theme is None or theme.parent_id is None:
        return country_of(reference).evidence(place.pk, theme.pk if theme else None)
    narrower = theme
    return reference.keep(f"evidence of {place.pk} under {theme.pk}", lambda: _counted(place, narrower))


def _counted(place: Place, theme: Theme) -> Evidence:
    """Two statements."""
    here = Record.objects.current().in_place(place.pk).about(theme.pk)
    entries = here.aggregate(**{kind.value: Count("pk", filter=what) for kind, what in GOING.items()})
    with connection.cursor() as cursor:
        cursor.execute(*links_by_side(place, theme))
        sides = dict(cursor.fetchall())
    both = sides.get(Side.BOTH, 0)
    return Evidence(
        **entries, pull_link=sides.get(Side.PULL, 0) + both, push_link=sides.get(Side.PUSH, 0) + both
    )
