"""The numbers of a place's four shifts by plain Python over the rows."""

from collections import defaultdict

from curation.models import Record
from labs.instrument import DIMENSIONS
from labs.models import Adoption, Assessment, Lab, Solution, Trial, Value
from places.models import Place


def here(record: Record, place: Place) -> bool:
    return place.pk in {tie.place_id for tie in record.entry_places.all()}


def public(record: Record) -> bool:
    return record.state == "published" and not record.ended


def means_of(run: Assessment) -> list[float | None]:
    """Of the seven dimensions, from the sheets as they are."""
    found: list[float | None] = []
    for number in range(7):
        scores = []
        for statement in range(3 * number + 1, 3 * number + 4):
            own = "host" if 13 <= statement <= 18 else "lab"
            told = {
                sheet.half: answer.score
                for sheet in run.sheets.all()
                for answer in sheet.answers.all()
                if answer.statement == statement
            }
            score = told.get(own)
            score = next(iter(told.values()), None) if score is None else score
            if score is not None:
                scores.append(score)
        found.append(sum(scores) / len(scores) if len(scores) >= 2 else None)
    return found


def numbers_of(place: Place) -> dict[str, int]:
    """By the words of the table, but for the two sides, which have a recount of their own."""
    labs = [lab for lab in Lab.objects.order_by("pk") if public(lab.record) and here(lab.record, place)]
    trials = [one for one in Trial.objects.order_by("pk") if public(one.record) and here(one.record, place)]
    used = {one.solution_id for one in Adoption.objects.order_by("pk") if one.place_id == place.pk}
    solutions = [
        one
        for one in Solution.objects.order_by("pk")
        if public(one.record) and (here(one.record, place) or one.pk in used)
    ]
    known: dict[int | None, set[str]] = defaultdict(set)
    for value in Value.objects.order_by("pk"):
        known[value.solution_id].add(value.evidence)
    documented = [one for one in solutions if known[one.pk] - {"felt"}]
    runs = {
        lab.pk: sorted(
            (run for run in lab.assessments.all() if run.shown), key=lambda run: str(run.finished_on)
        )
        for lab in labs
    }
    told = {pk: [run for run in of if run.shown == "all"] for pk, of in runs.items()}
    new = [one for one in documented if one.new_here is True and one.stage == "in_use" and one.in_use_since]
    counted = {
        "Labs": len(labs),
        "Have published that they did it": sum(bool(of) for of in runs.values()),
        "Show the whole result": sum(bool(of) for of in told.values()),
        "Trials going on": len(trials),
        "Solutions in operation": sum(one.stage == "in_use" for one in solutions),
        "Solutions": len(solutions),
        "With documented value": len(documented),
        "Innovations: new, in use and of documented value": len(new),
    }  # fmt: skip
    for number, dimension in enumerate(DIMENSIONS):
        pairs = [(means_of(of[-2])[number], means_of(of[-1])[number]) for of in told.values() if len(of) > 1]
        known_pairs = [(a, b) for a, b in pairs if a is not None and b is not None]
        name = f"{dimension.title}: labs that stand"
        counted[f"{name} higher than the time before"] = sum(b > a for a, b in known_pairs)
        counted[f"{name} lower than the time before"] = sum(b < a for a, b in known_pairs)
    return counted
