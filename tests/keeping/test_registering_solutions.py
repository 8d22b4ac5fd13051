"""A solution through the wizard to its page, edited, suggested and ended."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from accounts.models import User
from curation.actions import publish
from curation.choices import State
from curation.models import Draft, Suggestion
from keeping import guarding
from keeping.sections import SECTIONS, public_sections
from keeping.suggesting import decide
from labs.models import Partner, Solution, Value
from tests import factories as make
from tests.keeping.forms import form_of, sends
from tests.keeping.registering import AARHUS, at, begun, sent, verified
from tests.pages import read
from tests.people import browser

pytestmark = pytest.mark.usefixtures("denmark")

STEPS: dict[str, dict[str, Any]] = {
    "what": {
        "name_da": "Lys der følger døgnet", "summary_da": "Lamper der følger dagens lys.",
        "types": ["product"], "themes": ["ageing"], "places": [AARHUS],
    },
    "far": {
        "stage": "in_use", "stage_since": "01.03.2026", "new_here": "True", "idea_on": "11.2024",
        "in_use_since": "marts 2026",
    },
    "value": {
        "quality_evidence": "counted", "quality_said": "Halvt så mange vågne nætter.", "quality_year": "2026",
        "quality_source": "Evaluering, Aarhus 2026",
    },
    "operation": {"operable": "yes", "run_by": "Nattevagten", "effect_da": "Beboerne sover længere."},
    "who": {
        "contributors": ["employees"], "reuse": "adapted", "inspired_by_named": "Et plejehjem i Malmö",
        "partners-0-name": "Lampefabrikken Sol", "partners-0-type": "company", "partners-0-role": "company",
        "partners-0-side": "push",
    },
    "learned": {"failed": "Sensorer i sengene.", "source": "Byrådet 2026"},
}  # fmt: skip


def written(client: Client, **steps: dict[str, Any]) -> Draft:
    draft = begun(client, STEPS["what"] | steps.get("what", {}), kind="solution")
    for step in ("far", "value", "operation", "who", "learned"):
        client.post(at(draft, step), STEPS[step] | steps.get(step, {}))
    draft.refresh_from_db()
    return draft


def test_from_the_first_step_to_the_page(
    as_member: Client, member: User, curator: User, client: Client
) -> None:
    verified(member)
    assert "/register/solution/" in read(as_member.get("/register/")).links
    draft = written(as_member)
    preview = read(as_member.get("/en" + at(draft, "preview")))
    assert preview.one("h1").text == "Lys der følger døgnet"
    for words in ("This is an innovation", "Halvt så mange", "Lampefabrikken Sol", "1 year 4 months"):
        assert words in preview.one("main").text
    assert not [link for link in preview.links if "/we-use-this/" in link]
    check = as_member.get(at(draft, "check")).text
    for words in ("marts 2026", "Halvt så mange vågne nætter.", "Evaluering, Aarhus 2026", "Nattevagten"):
        assert words in check
    record = sent(as_member, draft)
    solution = Solution.objects.get(pk=record.pk)
    assert (record.state, record.source) == (State.SUBMITTED, "Byrådet 2026")
    assert (solution.idea_on, solution.in_use_since) == (dt.date(2024, 11, 1), dt.date(2026, 3, 1))
    assert (solution.new_here, solution.operable) == (True, "yes")
    value = Value.objects.get(solution=solution)
    assert (value.kind, value.evidence, value.year) == ("quality", "counted", 2026)
    partner = Partner.objects.get(solution=solution)
    assert (partner.actor.name_da, partner.confirmed) == ("Lampefabrikken Sol", False)
    path = solution.get_absolute_url()
    assert client.get(path).status_code == 404
    publish(record, by=curator, version=record.version)
    page = read(client.get(f"/en{path}")).one("main")
    assert page.all("dl")[0].all("dd")[0].text == "Documented value"
    assert "This is an innovation" in page.by_id("gate").text
    assert "Lampefabrikken" not in page.text  # named, but not in the register yet
    assert "Lys der følger døgnet" in client.get("/solutions/?q=lys&phase=documented").text


def test_what_is_missing_is_told_with_a_way_to_it(client: Client) -> None:
    draft = begun(client, STEPS["what"], kind="solution")
    wrong = {
        "far": ({"stage": "trial", "in_use_since": "03.2026"}, "#f-in_use_since"),
        "value": ({"quality_evidence": "counted"}, "#f-quality_source"),
    }
    for step, (said, where) in wrong.items():
        response = client.post(at(draft, step), said)
        page = read(client.get(response["Location"].split("#", maxsplit=1)[0]))
        assert where in page.by_id("error-summary").links
        assert where[1:] in page
    draft.refresh_from_db()
    assert draft.typed["far"]["in_use_since"] == ["2026-03"]


def test_it_begins_from_a_lab_and_its_need(client: Client) -> None:
    owner = make.actor("Byens hjem")
    lab = make.lab("Nattens lab", owner=owner, places=[make.place("Byen")], themes=[make.theme("Søvn")])
    need = make.need("Bedre søvn")
    page = read(client.get("/en/register/solution/", {"lab": lab.record.slug, "need": need.record.slug}))
    sent_along = form_of(page)
    assert sent_along["lab"] == [lab.record.public_id]
    assert sent_along["need"] == [need.record.public_id]
    assert sent_along["owner-0-actor"] == [owner.record.public_id]
    assert "This solution goes with:" in page.text
    assert "Søvn" in page.one("form", method="post").text
    alone = form_of(read(client.get("/register/solution/", {"need": need.record.slug})))
    assert alone["need"] == [need.record.public_id]
    assert not Draft.objects.exists()


@pytest.fixture
def solution(owner: User) -> Solution:
    town = make.actor("Byens Kommune")
    make.membership(owner, town)
    return make.solution(
        "Byens lys", owner=town, summary_da="Lamper.", stage="in_use", in_use_since=dt.date(2025, 5, 1),
        idea_on=dt.date(2024, 2, 1), new_here=False, types=["service", "product"],
        lab=make.lab("Nattens lab"), need=make.need("Bedre søvn"), inspired_by=make.solution("Malmös lamper"),
        waiting_for=["it", "money"], contributors=["leaders", "employees"], themes=[make.theme()],
        places=[make.place(code="9901")], values={"quality": "counted", "efficiency": "felt"},
    )  # fmt: skip


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_section_can_be_saved_as_it_stands(owner: User, solution: Solution, language: str) -> None:
    make.partner(solution, make.actor("Universitetet"), role="research")
    tables: Any = (Solution, Value, Partner)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    for section in SECTIONS["solution"]:
        answer = sends(browser(owner), f"{language}/solutions/byens-lys/edit/{section.slug}/")
        assert answer.status_code == 302, (section.slug, read(answer).by_id("error-summary").text)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_the_slower_of_two_sees_both(owner: User, solution: Solution) -> None:
    path, client = "/en/solutions/byens-lys/edit/far/", browser(owner)
    mine = form_of(read(client.get(path)))
    assert mine["in_use_since"] == ["May 2025"]
    assert sends(client, path, in_use_since="06.2025").status_code == 302
    answer = client.post(path, mine | {"in_use_since": "2025-07"})
    assert answer.status_code == 409
    row = next(row for row in read(answer).all("tr") if "July" in row.text)
    assert [cell.text for cell in row.all("td")] == ["May 2025", "June 2025", "July 2025"]
    assert client.post(path, form_of(read(answer))).status_code == 302
    solution.refresh_from_db()
    assert solution.in_use_since == dt.date(2025, 7, 1)


def test_what_is_refused_is_told_beside_its_field(owner: User, solution: Solution) -> None:
    answer = sends(browser(owner), "/en/solutions/byens-lys/edit/far/", stage="trial")
    page = read(answer)
    assert "#f-in_use_since" in page.by_id("error-summary").links
    assert "Only what is in use has this month." in page.text
    solution.refresh_from_db()
    assert solution.stage == "in_use"


def test_the_gate_follows_an_edit(owner: User, solution: Solution, client: Client) -> None:
    assert "it is not new to the workplace" in client.get("/en/solutions/byens-lys/").text
    assert sends(browser(owner), "/solutions/byens-lys/edit/far/", new_here="True").status_code == 302
    assert "This is an innovation" in client.get("/en/solutions/byens-lys/").text
    solution.record.refresh_from_db()
    assert solution.record.phase == "documented"
    gone = {"quality_evidence": "felt", "quality_source": ""}
    assert sends(browser(owner), "/solutions/byens-lys/edit/value/", **gone).status_code == 302
    solution.record.refresh_from_db()
    assert solution.record.phase == "in_use"


# Suggested by anybody


@pytest.fixture
def nobody_hurries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "SOONEST", dt.timedelta(seconds=-1))
    caches["default"].clear()


def test_strangers_suggest_values_and_not_whose_it_is(
    client: Client, owner: User, solution: Solution, nobody_hurries: None
) -> None:
    asked = {name for section in public_sections("solution") for name in section.base_fields}
    assert not asked & {"owner", "lab", "need", "inspired_by", "partners", "contact_email", "source"}
    assert {"stage", "quality_evidence", "political_goals_source", "failed"} <= asked
    said = {"efficiency_evidence": "evaluated", "efficiency_source": "KL 2026", "reason": "Jeg har læst den."}
    answer = sends(client, "/solutions/byens-lys/suggest/value/", **said)
    assert answer.status_code == 302
    made = Suggestion.objects.get()
    assert set(made.changes) == {"efficiency_evidence", "efficiency_source"}
    decide(made, by=owner, take=list(made.changes), version=solution.record.version)
    taken = Value.objects.get(solution=solution, kind="efficiency")
    assert (taken.evidence, taken.source) == ("evaluated", "KL 2026")
    assert Value.objects.get(solution=solution, kind="quality").evidence == "counted"


def test_a_stage_that_is_taken_began_today(client: Client, owner: User, nobody_hurries: None) -> None:
    town = make.actor("Øens Kommune")
    make.membership(owner, town)
    idea = make.solution(
        "Øens lys", owner=town, summary_da="Lamper.", stage="idea", stage_since=dt.date(2024, 1, 1)
    )
    answer = sends(client, "/solutions/oeens-lys/suggest/far/", stage="proof", reason="Set den.")
    assert answer.status_code == 302
    decide(Suggestion.objects.get(), by=owner, take=["stage"], version=idea.record.version)
    idea.refresh_from_db()
    assert (idea.stage, idea.stage_since) == ("proof", timezone.localdate())


def test_one_ends_with_what_was_learned(owner: User, solution: Solution, client: Client) -> None:
    answer = sends(browser(owner), "/solutions/byens-lys/end/", ended_reason="Slidt op.", lessons="Køb to.")
    assert answer.status_code == 302
    page = client.get("/en/solutions/byens-lys/").text
    for words in ("This solution has ended.", "Slidt op.", "Køb to."):
        assert words in page
