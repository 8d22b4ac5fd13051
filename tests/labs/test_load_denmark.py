"""`load_denmark` with the real files: what it makes, and that it makes it once."""

import csv
import datetime as dt
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pghistory.models import Events
from pytest_django import DjangoAssertNumQueries

from actors.choices import RelationVerb, Role
from actors.models import Actor, Offer, Relation
from curation.models import EntryPlace, EntryTheme, Record, RegisterVersion, Theme
from labs.models import Lab, Link
from missions.models import CoalitionMember, Mission, Need
from places.models import Place, PlaceLink
from tests.ecosystem.recount import rows

pytestmark = pytest.mark.usefixtures("denmark")

type Change = Callable[..., None]

LABS, NEEDS, OFFERS = (len(rows(f"{kind}.csv")) for kind in ("labs", "needs", "offers"))
ACTORS = len(rows("actors.csv")) + len(rows("actors_more.csv"))
TRIALS, SOLUTIONS = len(rows("trials.csv")), len(rows("solutions.csv"))
RECORDS = LABS + ACTORS + NEEDS + OFFERS + TRIALS + SOLUTIONS + len(rows("missions.csv"))


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_denmark", *arguments, stdout=out)
    return out.getvalue()


def counts(summary: str) -> dict[str, tuple[int, ...]]:
    """Added, changed and unchanged, by file."""
    rows = [line.rsplit(maxsplit=3) for line in summary.splitlines()[1:-1]]
    return {name.strip(): tuple(map(int, numbers)) for name, *numbers in rows}


def empty() -> None:
    version()
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE places_place, curation_theme, curation_record, curation_synonyms, curation_word CASCADE"
        )


def version() -> int:
    """The register's version after what this transaction has done so far."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return RegisterVersion.objects.get().number


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the files, to be changed."""
    return Path(shutil.copytree(settings.BASE_DIR / "data", tmp_path / "data"))


@pytest.fixture
def change(data: Path) -> Change:
    """Write new values into the row of a file with this name."""

    def write(file: str, name: str, /, **values: str) -> None:
        with (data / file).open(encoding="utf-8", newline="") as source:
            reader = csv.DictReader(source)
            changed = [row | values if row["name"] == name else row for row in reader]
            header = list(reader.fieldnames or ())
        with (data / file).open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, header)
            writer.writeheader()
            writer.writerows(changed)

    return write


def test_everything_is_there() -> None:
    assert (Lab.objects.published().count(), Lab.objects.filter(ended=True).count()) == (LABS, 8)
    assert (Actor.objects.published().count(), Mission.objects.published().count()) == (ACTORS, 22)
    assert (Need.objects.published().count(), Offer.objects.published().count()) == (NEEDS, OFFERS)
    assert Link.objects.filter(need__isnull=False).count() == sum(
        bool(row["lab"]) for row in rows("needs.csv")
    )
    assert Link.objects.filter(offer__isnull=False).count() == sum(
        bool(row["lab"]) for row in rows("offers.csv")
    )
    assert Place.objects.municipalities().count() == 98
    assert Link.objects.filter(actor__isnull=False).count() == 135
    assert Link.objects.filter(mission__isnull=False).count() == 8
    assert (CoalitionMember.objects.count(), Relation.objects.count()) == (89, 24)
    assert Theme.objects.count() == 92


def test_what_is_not_known_stays_empty() -> None:
    assert Lab.objects.filter(owner=None, host_named="").count() == 3
    assert Mission.objects.filter(owner=None).count() == 2
    assert Lab.objects.filter(latitude=None).count() == 3
    told = (*rows("actors.csv"), *rows("actors_more.csv"))
    assert Actor.objects.filter(latitude=None).count() == sum(not row["latitude"] for row in told)
    assert Lab.objects.filter(phase="", ended=False).count() == 31
    assert Link.objects.filter(actor__isnull=False, role="", role_said="").count() == 0


def test_a_lab_is_told_as_its_row_tells_it() -> None:
    lab = Lab.objects.select_related("record").get(record__slug="energylab-nordhavn")
    assert (lab.start_year, lab.end_year, lab.ended, lab.phase) == (2015, 2019, True, "")
    assert lab.setting == "energy_system"
    assert str(lab.owner) == "Danmarks Tekniske Universitet"
    assert "PowerLabDK" in lab.partners_named
    assert "Københavns Kommune" not in lab.partners_named
    assert lab.point_basis == "GeoNames (by: København)"
    assert [place.place.code for place in lab.record.entry_places.all()] == ["0101"]
    assert [theme.theme.slug for theme in lab.record.entry_themes.all()] == [
        "energy",
        "smart-city",
        "construction",
    ]


def test_a_host_without_an_entry_is_named() -> None:
    lab = Lab.objects.get(record__slug="livorganic")
    assert (lab.owner, lab.host_named) == (None, "IFAU")


def test_entries_are_published_and_claimed_by_nobody() -> None:
    assert set(Record.objects.values_list("state", "claimed_at", "version", "source_read_on")) == {
        ("published", None, 1, dt.date(2026, 11, 21))
    }
    assert not Record.objects.filter(source="").exists()


def test_names_become_addresses() -> None:
    slugs = set(Record.objects.values_list("slug", flat=True))
    assert {"aaroe-living-lab", "koebenhavns-kommune"} & slugs
    assert Place.objects.get(code="0169").slug == "hoeje-taastrup"
    assert Place.objects.get(code="1084").slug == "region-hovedstaden"


def test_places_belong_where_and_when_they_do() -> None:
    links = PlaceLink.objects.filter(child__code="0101").select_related("parent")
    told = {(link.parent.slug, link.since, link.until) for link in links}
    assert told == {
        ("region-hovedstaden", None, dt.date(2026, 12, 31)),
        ("oestdanmark", dt.date(2027, 1, 1), None),
        ("sundhedsraad-hovedstaden", None, None),
    }
    assert PlaceLink.objects.filter(parent__code="DK").count() == 6


def test_missions_stand_where_their_scope_says() -> None:
    def places(slug: str) -> set[str]:
        return set(EntryPlace.objects.filter(record__slug=slug).values_list("place__slug", flat=True))

    scopes = dict(Mission.objects.values_list("record__slug", "scope"))
    for slug, scope in scopes.items():
        expected = {"Danmark": {"danmark"}, "Alle kommuner": {"danmark"}, "Fire projektkommuner": set()}
        assert places(slug) == expected.get(scope, places(slug)), slug
        assert places(slug) or scope == "Fire projektkommuner"
    regional = next(slug for slug, scope in scopes.items() if scope == "Region Midtjylland")
    assert places(regional) == {"region-midtjylland"}


def test_an_owner_between_actors_is_told_of_the_part() -> None:
    relation = Relation.objects.get(subject__name_da="Idéklinikken", verb=RelationVerb.PART_OF)
    assert relation.object.name_da == "Region Nordjylland"


def test_a_role_that_is_not_told_keeps_the_word_of_the_source() -> None:
    link = Link.objects.get(actor__name_da="Albertslund Kommune", lab__record__slug="doll-living-lab")
    assert (link.role, link.role_said, link.side) == ("", "municipality", "pull")
    host = Link.objects.get(lab=link.lab, role=Role.HOST)
    assert (host.actor, host.role_said) == (Actor.objects.get(name_da="We Build Denmark"), "")


def test_the_index_is_written() -> None:
    record = Record.objects.get(slug="doll-living-lab")
    assert (record.name_da, record.link_count, record.setting) == (
        "DOLL Living Lab",
        8,
        "street_public_space",
    )
    assert record.x is not None


def test_the_first_time_everything_is_added() -> None:
    empty()
    added = counts(load())
    assert added["labs.csv"] == (LABS, 0, 0)
    assert added["actors.csv"] == (len(rows("actors.csv")), 0, 0)
    assert added["actors_more.csv"] == (len(rows("actors_more.csv")), 0, 0)
    assert (added["needs.csv"], added["offers.csv"]) == ((NEEDS, 0, 0), (OFFERS, 0, 0))
    assert added["missions.csv"] == (22, 0, 0)
    assert added["links.csv, to labs"] == (143, 0, 0)
    assert added["municipalities.csv"] == (98, 0, 0)


def test_the_second_time_nothing_changes() -> None:
    before = version(), Events.objects.count(), set(Record.objects.values_list("pk", "version", "updated_at"))
    told = load()
    after = version(), Events.objects.count(), set(Record.objects.values_list("pk", "version", "updated_at"))
    assert after == before
    assert {numbers[:2] for numbers in counts(told).values()} == {(0, 0)}
    assert (
        told.splitlines()[-1] == "0 refused. The register holds 55 labs (8 ended), 32 trials, 29 solutions."
    )


def test_one_changed_row_changes_one_lab(data: Path, change: Change) -> None:
    change("labs.csv", "DOLL Living Lab", themes="lys;energi", start_year="2012", source="Another page")
    before, events = version(), Events.objects.count()
    assert counts(load("--folder", str(data)))["labs.csv"] == (0, 1, 54)
    record = Record.objects.get(slug="doll-living-lab")
    assert (record.version, record.source, record.lab.start_year) == (2, "Another page", 2012)
    themes = EntryTheme.objects.filter(record=record).values_list("theme__slug", flat=True)
    assert list(themes) == ["lighting", "energy"]
    assert Theme.objects.get(slug="energy").pk in record.theme_ids
    assert version() > before
    # The lab once, four themes gone, two written.
    assert Events.objects.count() == events + 7
    assert not Record.objects.exclude(pk=record.pk).filter(version__gt=1).exists()


def test_the_history_says_where_a_change_comes_from(data: Path, change: Change) -> None:
    change("missions.csv", "AgriFoodTure", target_year="2051")
    load("--folder", str(data))
    event: Any = (
        Events.objects.tracks(Mission.objects.get(name_da="AgriFoodTure")).order_by("pgh_created_at").last()
    )
    assert event.pgh_context == {"source": "load_denmark"}
    assert event.pgh_diff == {"target_year": [2050, 2051]}


def test_a_place_that_changes_its_name_keeps_its_address(data: Path, change: Change) -> None:
    change("municipalities.csv", "Ballerup", name="Ballerup Ny")
    assert counts(load("--folder", str(data)))["municipalities.csv"] == (0, 1, 97)
    assert (place := Place.objects.get(code="0151")).name_da == "Ballerup Ny"
    assert place.slug == "ballerup"
    assert place.sort_key == "ballerup ny"


def test_a_claimed_lab_belongs_to_its_owner(data: Path, change: Change) -> None:
    Record.objects.filter(slug="doll-living-lab").update(claimed_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    change("labs.csv", "DOLL Living Lab", start_year="2012")
    assert "1 left to their owners" in load("--folder", str(data))
    assert Lab.objects.get(record__slug="doll-living-lab").start_year == 2013


def test_a_link_that_left_the_file_stays_and_is_counted(data: Path) -> None:
    lines = (data / "links.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (data / "links.csv").write_text("".join(lines[:1] + lines[2:]), encoding="utf-8")
    assert "1 no longer in the file" in load("--folder", str(data))
    assert Link.objects.filter(need=None, offer=None).count() == 143


def test_two_names_with_one_address(data: Path) -> None:
    rows = (data / "labs.csv").read_text(encoding="utf-8").replace("\r\n", "\n")
    row = next(line for line in rows.splitlines() if line.startswith("DOLL Living Lab,"))
    (data / "labs.csv").write_text(
        f"{rows}{row.replace('DOLL Living Lab', 'DOLL – Living Lab', 1)}\n", encoding="utf-8"
    )
    assert counts(load("--folder", str(data)))["labs.csv"] == (1, 0, 55)
    assert Record.objects.get(slug="doll-living-lab-2").name_da == "DOLL – Living Lab"
    assert counts(load("--folder", str(data)))["labs.csv"] == (0, 0, 56)


def test_a_byte_order_mark_is_no_fault(data: Path) -> None:
    content = (data / "labs.csv").read_bytes().removeprefix(b"\xef\xbb\xbf")
    (data / "labs.csv").write_bytes(b"\xef\xbb\xbf" + content)
    assert counts(load("--folder", str(data)))["labs.csv"] == (0, 0, 55)


def test_if_empty_leaves_a_register_alone(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        told = load("--if-empty")
    assert told == f"The register holds {RECORDS} published records already; nothing was loaded.\n"


def test_if_empty_fills_an_empty_register() -> None:
    empty()
    load("--if-empty")
    assert Lab.objects.count() == 55


def test_the_statements_do_not_grow_with_the_rows(data: Path) -> None:
    statements = []
    for part in (1, 3):
        lines = (data / "links.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (data / "links.csv").write_text("".join(lines[:1] + lines[1::part]), encoding="utf-8")
        empty()
        with CaptureQueriesContext(connection) as queries:
            load("--folder", str(data))
        statements.append(len(queries))
    assert statements[0] == statements[1]
