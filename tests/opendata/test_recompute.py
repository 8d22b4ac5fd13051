"""The notebook in the documentation counts every figure again from the dump, and finds what the site says."""

import io
import json
import urllib.request
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from actors.models import Relation
from curation.models import RegisterVersion
from ecosystem.barometer.counting import COUNTS
from labs.models import Link, Solution
from opendata.dumps.making import store, write
from opendata.models import Dump
from places.models import Place

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "recompute.ipynb"
NO_FIGURE = {"all", "said", "years"}
OF_ENQUIRIES = {"came", "answered", "theme", "place"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("denmark")]

type Run = Callable[[], tuple[dict[str, Any], str]]


def cells() -> list[dict[str, Any]]:
    told = json.loads(NOTEBOOK.read_text())
    assert (told["nbformat"], told["nbformat_minor"]) == (4, 5)
    return [cell for cell in told["cells"] if cell["cell_type"] == "code"]


def dumped() -> None:
    Dump.objects.all().delete()
    file = io.BytesIO()
    version = RegisterVersion.objects.get().number
    write(file, timezone.localdate(), version)
    store(file, on=timezone.localdate(), version=version, entries=0)


@pytest.fixture
def run(client: Client, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the cells one after the other, with the site they ask being the one under test."""

    def opened(address: str) -> io.BytesIO:
        parts = urlsplit(address)
        response: Any = client.get(f"{parts.path}?{parts.query}", follow=True)
        assert response.status_code == 200
        return io.BytesIO(b"".join(response.streaming_content) if response.streaming else response.content)

    monkeypatch.setattr(urllib.request, "urlopen", opened)
    monkeypatch.delenv("STEDKRAFT_DUMP", raising=False)
    monkeypatch.setenv("STEDKRAFT", site.BASE_URL)

    def ran() -> tuple[dict[str, Any], str]:
        space: dict[str, Any] = {}
        with redirect_stdout(io.StringIO()) as said:
            for number, cell in enumerate(cells(), start=1):
                exec(compile("".join(cell["source"]), f"cell {number}", "exec"), space)  # noqa: S102
        return space, said.getvalue()

    return ran


def test_every_figure_is_equal_and_none_is_left_out(client: Client, run: Run) -> None:
    dumped()
    space, said = run()
    assert "Every figure is equal." in said
    assert "DIFFERENT" not in said
    shown = client.get("/api/v1/barometer").json()["sections"]
    ids = {figure["id"] for section in shown for figure in section["figures"]}
    assert set(space["FIGURES"]) == ids - OF_ENQUIRIES
    assert set(COUNTS) - NO_FIGURE <= set(space["FIGURES"])
    balance = client.get("/api/v1/places/0751/balance").json()
    assert sum(space["BALANCE"][""].values()) == balance["pull"] + balance["push"] > 0


def test_another_row_is_another_figure(run: Run) -> None:
    """Until the next night the dump and the site differ, and the notebook says so."""
    dumped()
    before, _said = run()
    figures, balance = before["FIGURES"], before["BALANCE"][""]
    one = Solution.objects.published().filter(stage="trial", ended=False).order_by("pk")[0]
    Solution.objects.filter(pk=one.pk).update(
        stage_since="2020-01-01", novelty="radical", waiting_for=["law"]
    )
    aarhus = Place.objects.get(code="0751")
    tie = Relation.objects.public().filter(object__record__place_ids__contains=[aarhus.pk])[0]
    Link.objects.filter(pk=Link.objects.public().filter(lab__record__ended=False)[0].pk).update(
        confirmed_at=timezone.now()
    )
    tie.delete()
    assert "Not equal: " in run()[1]
    dumped()
    after, told = run()
    assert "Every figure is equal." in told
    changed = {name for name, lines in after["FIGURES"].items() if lines != figures[name]}
    assert changed == {"novelty", "stuck", "links"}
    assert after["BALANCE"][""] != balance


def test_what_the_documentation_shows_came_out_of_it(run: Run, time_machine: TimeMachineFixture) -> None:
    """The outputs kept in the notebook are those of Denmark's data as it is loaded, on the day they tell."""
    kept = "".join(line for cell in cells() for output in cell["outputs"] for line in output["text"])
    name, day = kept.splitlines()[0].split()
    time_machine.move_to(f"{day}T12:00:00Z")
    dumped()
    _space, said = run()
    assert name == "Stedkraft"
    assert said.splitlines() == kept.splitlines()
