"""Registering a trial from a lab without JavaScript, and its edit page: three short steps."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from actors.models import Actor
from curation.choices import State
from curation.models import Record
from keeping.sections import public_sections
from labs.models import Lab, Partner, Trial
from tests import factories as make
from tests.keeping.forms import form_of, sends
from tests.keeping.registering import at, begun, sent, verified
from tests.pages import read
from tests.people import browser

pytestmark = pytest.mark.usefixtures("empty")

WHAT = {"name_da": "Lys på afdeling 2", "summary_da": "Varmere lys om aftenen.", "where": "Afdeling 2"}


@pytest.fixture
def lab(empty: None) -> Lab:
    town = make.actor("Byen", type="municipality", side="pull")
    return make.lab(
        "Lyslab", owner=town, places=[make.place("Byen", code="0751", latitude=56.1, longitude=10.2)],
        themes=[make.theme("Søvn")], setting="care_home",
    )  # fmt: skip


def test_the_lab_fills_in_what_it_knows(client: Client, lab: Lab) -> None:
    page = read(client.get("/en/register/trial/?lab=lyslab"))
    assert "This trial goes with:" in page.text
    form = form_of(page)
    assert form["lab"] == [lab.record.public_id]
    assert form["places"] == ["0751"]
    assert form["themes"] == ["soevn"]
    assert form["setting"] == "care_home"
    assert form["owner-0-actor"] == [lab.owner.record.public_id if lab.owner else ""]
    make.lab("Skjult", slug="skjult", state="draft")
    assert "lab" not in form_of(read(client.get("/en/register/trial/?lab=skjult")))


def test_it_is_registered_step_by_step(as_member: Client, member: User, lab: Lab) -> None:
    verified(member)
    need, solution, helper = make.need("Nætter"), make.solution("Aftenlys"), make.actor("Universitetet")
    first = form_of(read(as_member.get("/register/trial/?lab=lyslab"))) | WHAT
    draft = begun(as_member, first, kind="trial")
    as_member.post(
        at(draft, "how"),
        {
            "methods": ["pilot", "survey"], "participants": "16 beboere", "need": [need.record.public_id],
            "solution": [solution.record.public_id],
            "partners-0-actor": helper.record.public_id, "partners-0-role": "research",
            "partners-0-side": "push", "partners-1-name": "Solbakken", "partners-1-type": "municipal_unit",
            "partners-1-role": "host", "partners-1-side": "pull",
        },
    )  # fmt: skip
    as_member.post(
        at(draft, "when"),
        {"stage": "implement", "started_on": "09.2026", "ends_on": "juni 2027", "source": "Byrådet 2026"},
    )
    shown = as_member.get("/en" + at(draft, "check")).text
    for words in ("Lyslab", "Nætter", "Aftenlys", "September 2026", "Solbakken", "16 beboere"):
        assert words in shown
    preview = read(as_member.get("/en" + at(draft, "preview"))).one("main")
    assert preview.one("h1").text == "Lys på afdeling 2"
    assert "from September 2026, planned until June 2027" in preview.text
    assert "Solbakken" in preview.by_id("partners").text
    assert not [link for link in preview.links if "/learned/" in link or "/write/" in link]
    record = sent(as_member, draft)
    trial = Trial.objects.get(pk=record.pk)
    assert record.state == State.SUBMITTED
    assert (trial.lab, trial.need, trial.solution, trial.owner) == (lab, need, solution, lab.owner)
    assert (trial.methods, trial.stage, trial.setting) == (["pilot", "survey"], "implement", "care_home")
    assert (trial.started_on, trial.ends_on) == (dt.date(2026, 9, 1), dt.date(2027, 6, 1))
    assert (trial.latitude, trial.where) == (56.1, "Afdeling 2")
    made = {(one.actor.name_da, one.role, one.side, one.confirmed) for one in trial.partners.all()}
    assert made == {("Universitetet", "research", "push", False), ("Solbakken", "host", "pull", False)}
    assert Actor.objects.get(name_da="Solbakken").record.state == State.SUBMITTED
    assert record.source == "Byrådet 2026"


def test_the_lab_has_to_be_told(client: Client, lab: Lab) -> None:
    draft = begun(client, WHAT | {"places": ["0751"]}, kind="trial")
    page = read(client.get(f"/en{at(draft, 'what')}?check=1"))
    assert "Choose the lab that tries it." in page.by_id("error-summary").text
    assert "#f-lab-find" in page.by_id("error-summary").links
    assert client.get(at(draft, "preview")).status_code == 200
    found = client.get("/register/trial/what/lab/find/", {"lab-find": "lysl"})
    assert found.status_code in (200, 404)


@pytest.mark.parametrize(
    ("step", "typed", "told"),
    [
        ("when", {"started_on": "06.2027", "ends_on": "09.2026"}, "It cannot be over before it began."),
        ("when", {"started_on": "snart"}, "Write month and year"),
        ("how", {"partners-0-name": "Ny", "partners-0-type": "company", "partners-0-side": "push"},
         "Choose a role for Ny."),
    ],
    ids=["backwards", "no month", "no role"],
)  # fmt: skip
def test_what_does_not_fit_is_told(
    client: Client, lab: Lab, step: str, typed: dict[str, Any], told: str
) -> None:
    draft = begun(client, WHAT, kind="trial")
    client.post(at(draft, step), typed)
    assert told in read(client.get(f"/en{at(draft, step)}?check=1")).by_id("error-summary").text


def test_its_owner_changes_it_and_partners_end(admin: User, lab: Lab) -> None:
    trial = make.trial(lab, "Lys", places=[make.place()], themes=[make.theme()], summary_da="Kort.")
    kept, gone = make.actor("Bliver"), make.actor("Går")
    make.partner(trial, kept, "push", role="research", confirmed_at="2026-01-01T00:00Z")
    make.partner(trial, gone, "push", role="company", confirmed_at="2026-01-01T00:00Z")
    path, version = f"/en{trial.get_absolute_url()}edit/how/", trial.record.version
    response = sends(browser(admin), path, **{"partners-remove": "1"})
    assert response.status_code == 200
    form = form_of(read(response))
    assert browser(admin).post(path, form | {"methods": ["pilot"]}).status_code == 302
    trial.refresh_from_db()
    assert (trial.methods, trial.lab) == (["pilot"], lab)
    running = {row.actor for row in Partner.objects.running()}
    assert running == {kept}
    assert Partner.objects.get(actor=kept).confirmed
    assert Record.objects.get(pk=trial.pk).version == version + 1


def test_what_is_suggested_names_nobody() -> None:
    fields = {name for section in public_sections("trial") for name in section.base_fields}
    assert {"name_da", "methods", "stage", "themes", "places", "where"} <= fields
    assert fields.isdisjoint({"lab", "need", "solution", "owner", "partners", "contact_email", "source"})
