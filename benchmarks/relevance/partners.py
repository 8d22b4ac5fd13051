"""How good the partner finder's hits are for the judged projects."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from django.http import QueryDict
from django.utils.translation import override

from curation.models import Record
from curation.reference import Reference
from ecosystem.partners.finding import Finder
from ecosystem.partners.profile import LONGEST, Asked

from .metrics import CUT
from .projects import LISTS, Project, judged, precision, recall


@dataclass(frozen=True)
class Found:
    """One list of one project's hits; how many of the first five fit, and how many that fit are among ten."""

    project: Project
    which: str
    found: Sequence[str]
    grades: Mapping[str, int]

    @property
    def precision(self) -> float:
        return precision(self.found, self.grades)

    @property
    def recall(self) -> float:
        return recall(self.found, self.grades)


def measure(reference: Reference) -> list[Found]:
    """All projects, each of the lists in which something fits and goes on; what has ended is no partner."""
    rows = Record.objects.current().order_by().values_list("kind", "slug")
    current = {f"{kind}s/{slug}" for kind, slug in rows}
    return [one for project in judged() for one in _of(project, current, reference)]


def _of(project: Project, current: Collection[str], reference: Reference) -> Iterator[Found]:
    with override(project.language):
        for which in LISTS:
            grades = {entry: grade for entry, grade in project.of(which).items() if entry in current}
            if grades:
                yield Found(project, which, _ask(project, which, reference), grades)


@dataclass(frozen=True)
class Mean:
    """Over all projects to which something of a list fits."""

    which: str
    projects: int
    precision: float
    recall: float


def means(found: Sequence[Found]) -> Iterator[Mean]:
    """Of each list."""
    for which in LISTS:
        if own := [one for one in found if one.which == which]:
            precise, recalled = (one.precision for one in own), (one.recall for one in own)
            yield Mean(which, len(own), fmean(precise), fmean(recalled))


def table(found: Sequence[Found]) -> str:
    """Precision of the first five and recall@10 of each list."""
    rows = [
        f"| {one.which} | {one.projects} | {one.precision:.2f} | {one.recall:.2f} |" for one in means(found)
    ]
    return "\n".join(["| partners for | projects | precision@5 | recall@10 |", "|---|---|---|---|", *rows])


def misses(found: Sequence[Found]) -> Iterator[str]:
    """What came for each project, in its order, and what did not come."""
    for one in found:
        yield f"\n{one.project.name}, {one.which}: {one.precision:.2f} {one.recall:.2f}"
        yield from (f"  {rank:3} {one.grades.get(hit, '-')} {hit}" for rank, hit in enumerate(one.found, 1))
        yield from (f"      {grade} {hit}" for hit, grade in one.grades.items() if hit not in one.found)


def _ask(project: Project, which: str, reference: Reference) -> list[str]:
    said = QueryDict(mutable=True)
    said.update({"text": project.text, "show": which.removesuffix("s")})
    finder = Finder(Asked.read(said, reference, longest=LONGEST), reference)
    return [f"{hit.record.kind}s/{hit.record.slug}" for hit in finder.hits][:CUT]
