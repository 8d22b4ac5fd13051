"""What is most worth knowing of a place, in a sentence or two for its head."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from curation.models import Theme
from curation.reference import Reference
from places.models import Place

from ..balance import Evidence, country_of
from ..naming import named, quoted

NAMED = 2


def finding(place: Place, reference: Reference) -> str:
    """Where most is known, and a theme that has only one side; from the kept balance of the country."""
    here = country_of(reference).by_theme(place.pk)
    themes = [theme for theme in reference.top_themes() if theme.pk in here]
    if not themes:
        return _how_it_stands(country_of(reference).of(place.pk).evidence)
    most = sorted(themes, key=lambda theme: -(here[theme.pk].pull + here[theme.pk].push))[:NAMED]
    return " ".join(said for said in (_most(most), _one_sided(themes, here)) if said)


def _most(themes: Sequence[Theme]) -> str:
    if len(themes) == 1:
        return _("All that is known here is about %(theme)s.") % {"theme": quoted(themes[0])}
    return _("Most is known about %(themes)s.") % {"themes": named(themes)}


def _one_sided(themes: Sequence[Theme], here: Mapping[int, Evidence]) -> str:
    """The theme with most on one side and nothing on the other: there a coupling is missing."""
    alone = [theme for theme in themes if not (here[theme.pk].pull and here[theme.pk].push)]
    if not alone:
        return _("Every theme that is known here has both sides.")
    theme = max(alone, key=lambda theme: here[theme.pk].pull + here[theme.pk].push)
    said = {"theme": quoted(theme)}
    if here[theme.pk].pull:
        return _("Under %(theme)s only the PULL side is named.") % said
    return _("Under %(theme)s only the PUSH side is named.") % said


def _how_it_stands(evidence: Evidence) -> str:
    """Where no theme is known."""
    if evidence.pull and evidence.push:
        return _("Both sides are named here, but under no theme.")
    if evidence.pull:
        return _("Only the PULL side is named here: a need with no knowledge linked to it.")
    if evidence.push:
        return _("Only the PUSH side is named here: knowledge with no need linked to it.")
    return _("The register knows of no PULL and no PUSH here yet.")
