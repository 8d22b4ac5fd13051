"""What lists and search read of a lab."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from actors.choices import Role, RoleSaid
from actors.index import side_counts, sides_found
from curation.search import Facts

from .models import Lab, Link

# Those who pay or permit are found by their whole name only, so that a word that begins their name does not
# bring up every lab they stand behind.
BEHIND = (Role.FUNDER, RoleSaid.AUTHORITY)


def facts(labs: Sequence[Lab]) -> Mapping[int, Facts]:
    """The facts of many labs in a constant number of queries."""
    links = _links_of([lab.pk for lab in labs])
    missions = _missions_of([lab.pk for lab in labs])
    return {lab.pk: _facts(lab, links[lab.pk], missions[lab.pk]) for lab in labs}


def linked(lab: int) -> Iterable[int]:
    """The actors and missions tied to a lab: they count their links and take its themes."""
    for pair in Link.objects.filter(lab=lab).order_by("pk").values_list("actor_id", "mission_id"):
        yield from (end for end in pair if end)


def _facts(lab: Lab, links: Sequence[Link], missions: int) -> Facts:
    sides = [link.side for link in links]
    behind = [link for link in links if (link.role or link.role_said) in BEHIND]
    partners = [link for link in links if link not in behind]
    return Facts(
        type=lab.form,
        setting=lab.setting,
        phase=lab.phase,
        sides=sides_found(sides),
        counts=side_counts(sides),
        links=len(links) + missions,
        partners=[lab.host_named, *lab.partners_named, *_names(partners)],
        behind=_names(behind),
        point=(lab.latitude, lab.longitude)
        if lab.latitude is not None and lab.longitude is not None
        else None,
        completeness=_completeness(lab) + min(len(links), 20),
    )


def _names(links: Sequence[Link]) -> list[str]:
    return [link.actor.name_da for link in links if link.actor]


def _links_of(ids: Sequence[int]) -> Mapping[int, list[Link]]:
    found: dict[int, list[Link]] = defaultdict(list)
    for link in Link.objects.filter(lab__in=ids).with_actor().order_by("pk"):
        found[link.lab_id].append(link)
    return found


def _missions_of(ids: Sequence[int]) -> Mapping[int, int]:
    count: dict[int, int] = defaultdict(int)
    rows = Link.objects.filter(lab__in=ids).with_mission().values_list("lab_id", flat=True)
    for lab in rows:
        count[lab] += 1
    return count


def _completeness(lab: Lab) -> int:
    said = (
        lab.summary_da, lab.summary_en, lab.website, lab.setting, lab.start_year, lab.latitude, lab.owner_id,
        lab.hallmark_daily, lab.hallmark_together, lab.hallmark_whole, lab.hallmark_learning,
    )  # fmt: skip
    return 7 * sum(1 for value in said if value)
