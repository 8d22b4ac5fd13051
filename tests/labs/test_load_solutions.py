"""`load_denmark` and what came of it: trials, solutions, who took them over, and rows that are wrong."""

import csv
import datetime as dt
import shutil
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from pghistory.models import Events

from curation.models import Record
from labs.models import Adoption, Learning, Partner, Solution, Trial, Value
from places.models import Place
from tests.ecosystem.recount import rows

pytestmark = pytest.mark.usefixtures("denmark")

type Cells = dict[str, str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the files, to be changed."""
    return Path(shutil.copytree(settings.BASE_DIR / "data", tmp_path / "data"))


def put(file: Path, line: int, **cells: str) -> None:
    """Write cells of a line; the first is the header."""
    with file.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        told, header = list(reader), list(reader.fieldnames or ())
    told[line - 2] |= cells
    write(file, header, told)


def add(file: Path, *new: Cells) -> None:
    with file.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        told, header = list(reader), list(reader.fieldnames or ())
    write(file, header, [*told, *new])


def write(file: Path, header: list[str], told: Iterable[Cells]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, header, restval="")
        writer.writeheader()
        writer.writerows(told)


def load(data: Path) -> dict[str, tuple[int, ...]]:
    """Added, changed and unchanged, by file."""
    out = StringIO()
    call_command("load_denmark", "--folder", str(data), stdout=out)
    told = [line.split("  ") for line in out.getvalue().splitlines()[1:-1]]
    numbers = [[part.strip() for part in parts if part.strip()] for parts in told]
    return {name: tuple(int(number) for number in counted[:3]) for name, *counted in numbers}


def refused(data: Path) -> list[str]:
    with pytest.raises(CommandError) as caught:
        call_command("load_denmark", "--folder", str(data), stdout=StringIO())
    return str(caught.value).splitlines()[1:-1]


# What the files say


def test_everything_is_there() -> None:
    counted = {
        "trials.csv": Trial, "solutions.csv": Solution, "learnings.csv": Learning, "adoptions.csv": Adoption,
        "values.csv": Value, "partners.csv": Partner,
    }  # fmt: skip
    for file, model in counted.items():
        assert model._default_manager.count() == len(rows(file)) > 0, file
    assert not Partner.objects.filter(confirmed_at__isnull=False).exists()
    assert not Adoption.objects.filter(confirmed_at__isnull=False).exists()


def test_they_are_published_and_made_by_others() -> None:
    records = Record.objects.filter(kind__in=("trial", "solution"))
    assert set(records.values_list("state", "claimed_at", "version")) == {("published", None, 1)}


def test_a_trial_is_told_as_its_row_tells_it() -> None:
    trial = Trial.objects.select_related("record").get(name_da="Lav temperatur i fjernvarmen i Østerby")
    assert (trial.started_on, trial.ends_on) == (dt.date(2017, 10, 1), dt.date(2022, 9, 1))
    assert (trial.lab.name_da, str(trial.solution)) == (
        "COOL DH Østerby",
        "Lavtemperaturfjernvarme i Østerby",
    )
    assert (trial.methods, trial.setting, trial.ended) == (
        ["real_life_trial", "sensor"],
        "energy_system",
        True,
    )
    assert [place.place.code for place in trial.record.entry_places.all()] == ["0169"]
    assert [theme.theme.slug for theme in trial.record.entry_themes.all()] == ["energy", "housing"]
    assert [(part.actor.name_da, part.role, part.side) for part in trial.partners.all()] == [
        ("COWI", "company", "both")
    ]


def test_what_was_learned_stands_in_the_log_with_what_it_changed() -> None:
    (learned,) = Learning.objects.filter(trial__name_da="Grøn mobilitet i landsbyen")
    assert (learned.on, learned.changed) == (dt.date(2022, 9, 1), "method")
    assert learned.how.startswith("Løsninger skal tænkes ind i stedet")


def test_a_solution_of_counted_value_may_be_called_an_innovation_and_others_not() -> None:
    solution = Solution.objects.get(name_da="Krav om genanvendelig plastemballage i udbud")
    assert (solution.in_use_since, solution.new_here, solution.types) == (
        dt.date(2018, 1, 1),
        True,
        ["process_org"],
    )
    assert [(value.kind, value.evidence) for value in solution.values.all()] == [("efficiency", "counted")]
    reached = dict(Record.objects.of_kind("solution").values_list("name_da", "phase"))
    assert [name for name, phase in reached.items() if phase == "documented"] == [str(solution)]


def test_who_took_a_solution_over_is_named_and_found_in_its_place() -> None:
    solution = Solution.objects.get(name_da="DK2020: klimaplan efter C40's metode")
    assert solution.adoptions.count() == 23
    samsoe = Place.objects.get(code="0741")
    assert Record.objects.of_kind("solution").in_place(samsoe.pk).filter(pk=solution.pk).exists()


def test_a_failure_is_told_with_its_reason() -> None:
    solution = Solution.objects.get(name_da="App til hjælp ved hjertesvigt")
    assert solution.ended
    assert "jura og økonomi" in solution.ended_reason


# Loading again


def test_the_second_time_nothing_changes(data: Path) -> None:
    before = Events.objects.count()
    told = load(data)
    assert {told[file][:2] for file in told} == {(0, 0)}
    assert told["adoptions.csv"] == (0, 0, len(rows("adoptions.csv")))
    assert Events.objects.count() == before


def test_changed_rows_change_what_they_tell(data: Path) -> None:
    put(data / "learnings.csv", 2, how="En app blev bygget.")
    put(data / "adoptions.csv", 2, effect="Begyndt i Brovst.")
    put(data / "values.csv", 2, said="Bedre søvn.")
    put(data / "solutions.csv", 2, replaced="Almindelige lamper.")
    told = load(data)
    changed = {file: told[file][1] for file in told if told[file][1]}
    assert changed == {"learnings.csv": 1, "adoptions.csv": 1, "values.csv": 1, "solutions.csv": 1}
    assert Adoption.objects.get(adopter__name_da="Jammerbugt Kommune", effect="Begyndt i Brovst.")
    assert Solution.objects.get(replaced="Almindelige lamper.").record.version == 2


def test_what_somebody_told_or_confirmed_is_theirs(data: Path) -> None:
    Adoption.objects.filter(adopter__name_da="Jammerbugt Kommune", place__code="0849").update(
        confirmed_at=timezone.now()
    )
    Record.objects.filter(pk=Learning.objects.order_by("pk")[0].trial_id).update(claimed_at=timezone.now())
    put(data / "adoptions.csv", 2, effect="Noget andet.")
    put(data / "learnings.csv", 2, how="Noget andet.")
    told = load(data)
    assert (told["adoptions.csv"][1], told["learnings.csv"][1]) == (0, 0)
    assert not Adoption.objects.filter(effect="Noget andet.").exists()


def test_a_chain_of_adoptions_is_loaded_whatever_its_order(data: Path) -> None:
    solution = "Online bostøtte"
    add(
        data / "adoptions.csv",
        {"solution": solution, "adopter": "Odense Kommune", "taken_from": "Vejle Kommune", "source": "x"},
        {"solution": solution, "adopter": "Vejle Kommune", "source": "x"},
    )
    assert load(data)["adoptions.csv"][0] == 2
    last = Adoption.objects.get(solution__name_da=solution, adopter__name_da="Odense Kommune")
    assert last.taken_from is not None
    assert last.taken_from.adopter.name_da == "Vejle Kommune"
    assert load(data)["adoptions.csv"][:2] == (0, 0)


# Wrong rows


# Each on a line of its own, so that one load tells of all.
FAULTS: list[tuple[str, int, Cells, str]] = [
    ("trials.csv", 2, {"lab": "No Such Lab"}, "there is no lab No Such Lab"),
    ("trials.csv", 3, {"lab": ""}, "lab is empty"),
    ("trials.csv", 4, {"need": "No such need"}, "there is no need No such need"),
    ("trials.csv", 5, {"solution": "Nothing"}, "there is no solution Nothing"),
    ("trials.csv", 6, {"from": "2016"}, "from: “2016” is not a month like 2027-01"),
    ("trials.csv", 7, {"from": "2016-06", "until": "2016-05"}, "until 2016-05 is before from 2016-06"),
    ("trials.csv", 8, {"methods": "pilot;magic"}, "methods: mapping.csv has no term for “magic”"),
    ("trials.csv", 9, {"setting": "moon"}, "setting: mapping.csv has no term for “moon”"),
    ("trials.csv", 10, {"ended": "maybe"}, "ended: “maybe” is not “yes” or “no”"),
    ("trials.csv", 11, {"themes": ""}, "0 themes, where there must be one to 5"),
    ("trials.csv", 12, {"source": ""}, "source is empty"),
    ("solutions.csv", 4, {"owner": "Nobody"}, "there is no actor Nobody"),
    ("solutions.csv", 5, {"stage": ""}, "in_use_since 2018-05, but the stage is “”"),
    ("solutions.csv", 7, {"stage": "in_use", "idea_on": "2019-01", "in_use_since": "2018-01"},
     "in_use_since 2018-01 is before idea_on 2019-01"),
    ("solutions.csv", 10, {"types": "poem"}, "types: mapping.csv has no term for “poem”"),
    ("solutions.csv", 11, {"new_here": "perhaps"}, "new_here: “perhaps” is not “yes” or “no”"),
    ("solutions.csv", 13, {"ended_reason": "Because"}, "ended_reason, but the solution has not ended"),
    ("solutions.csv", 15, {"place_codes": "9999"}, "there is no municipality or region 9999"),
    # Those who took it over are not told of, too.
    ("solutions.csv", 12, {"stage": "finished"}, "stage: mapping.csv has no term for “finished”"),
    ("learnings.csv", 2, {"trial": "Nothing"}, "there is no trial Nothing"),
    ("learnings.csv", 3, {"on": ""}, "on is empty"),
    ("learnings.csv", 4, {"changed": "me"}, "changed: mapping.csv has no term for “me”"),
    ("adoptions.csv", 2, {"adopter": "Nobody"}, "there is no actor Nobody"),
    ("adoptions.csv", 3, {"taken_from": "Vejle Kommune"},
     "Vejle Kommune has not taken over Skoleklima: indeklimaet vist i realtid"),
    ("adoptions.csv", 27, {"idea_on": "maj 2020"}, "idea_on: “maj 2020” is not a month like 2027-01"),
    ("values.csv", 2, {"kind": "joy"}, "kind: mapping.csv has no term for “joy”"),
    ("values.csv", 3, {"evidence": "counted", "source": ""}, "source is empty"),
    ("values.csv", 4, {"adopter": "Odense Kommune"},
     "Odense Kommune has not taken over TIM: totalløsning til intelligent medicinhåndtering"),
    ("partners.csv", 2, {"actor": "Nobody"}, "there is no actor Nobody"),
    ("partners.csv", 3, {"to_type": "lab"}, "an actor cannot take part in a “lab”"),
    ("partners.csv", 4, {"role": "friend"}, "role: mapping.csv has no term for “friend”"),
]  # fmt: skip


def test_every_wrong_field_is_refused_with_its_line(data: Path) -> None:
    for file, line, cells, _reason in FAULTS:
        put(data / file, line, **cells)
    before = Events.objects.count()
    told = set(refused(data))
    assert {f"{file}:{line}: {reason}" for file, line, _cells, reason in FAULTS} == told
    assert Trial.objects.count() == len(rows("trials.csv"))
    assert Events.objects.count() == before


def test_two_that_took_it_over_from_each_other(data: Path) -> None:
    solution = "Online bostøtte"
    add(
        data / "adoptions.csv",
        {"solution": solution, "adopter": "Odense Kommune", "taken_from": "Vejle Kommune", "source": "x"},
        {"solution": solution, "adopter": "Vejle Kommune", "taken_from": "Odense Kommune", "source": "x"},
    )
    last = len(rows("adoptions.csv")) + 1
    assert refused(data) == [
        f"adoptions.csv:{last + 1}: taken over from Vejle Kommune, who took it over from here"
    ]


def test_an_adoption_twice(data: Path) -> None:
    add(data / "adoptions.csv", dict(rows("adoptions.csv")[0]))
    told = "TIM: totalløsning til intelligent medicinhåndtering – Jammerbugt Kommune"
    last = len(rows("adoptions.csv")) + 2
    assert refused(data) == [f"adoptions.csv:{last}: “{told}” stands in line 2 already"]
