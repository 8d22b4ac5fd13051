"""A lab records a trial and what was learned, and a solution: first the gate says that it is no innovation,
then it is one. Another municipality takes it over. The lab's loop, the family tree, the map and the barometer
show it. With and without JavaScript.
"""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from curation import actions
from curation.models import EntryTheme, Record
from labs.models import Adoption, Learning, Solution
from tests import factories
from tests.journeys.browsing import Open, look, press
from tests.journeys.steps import go_on
from tests.outreach.enquiring import Cast
from tests.people import person
from tests.post import delivered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

TRIAL, SOLUTION = "Sensorer i gulvet om natten", "Gulvet, der kalder på hjælp"
LEARNT = "Alarmen skal gå til den vagthavende og ikke til kontoret."
BEFORE = 4  # with that of the journey as many as the barometer wants before it shows shares


@dataclass(frozen=True)
class Country:
    """The lab of one municipality, and another municipality with an owner of its own."""

    first: Cast
    second: User
    curator: User


@pytest.fixture
def country(town: Cast) -> Country:
    theme = factories.theme("Demens")
    EntryTheme.objects.create(record=town.lab.record, theme=theme, order=0)
    factories.reindex(town.lab)
    harbour = factories.place("Havnen", latitude=56.1, longitude=10.2)
    there = factories.actor(
        "Havnens Kommune", type="municipality", side="pull", places=[harbour], claimed_at=timezone.now()
    )
    second = person("hans@havnen.example", name="Hans")
    factories.membership(second, there, "owner")
    for number in range(BEFORE):
        factories.solution(f"Andet {number}", stage="idea", types=["service"], themes=[theme])
    return Country(town, second, person("kit@register.example", is_curator=True))


def publish(name: str, by: User) -> Record:
    """The desk has a journey of its own; here a curator says yes."""
    record = Record.objects.get(name_da=name)
    assert record.state == "submitted"
    actions.publish(record, by=by, version=record.version)
    return record


def opened(page: Page) -> None:
    """Everything a page keeps folded."""
    folded = page.locator("main form details:not([open]) > summary")
    while folded.count():
        folded.first.click()


def record_trial(page: Page) -> None:
    page.goto("/en/labs/byens-lab/")
    press(page, "main a[href*='/register/trial/']")
    page.locator("#f-name_da").fill(TRIAL)
    page.locator("#f-summary_da").fill(
        "Sensorer i gulvet på to afsnit, så nattevagten ser, hvem der er oppe."
    )
    go_on(page)
    page.get_by_label("Real-life trial").check()
    go_on(page)
    page.locator("#f-stage").select_option("implement")
    page.locator("#f-started_on").fill("02.2026")
    go_on(page)
    press(page, "form button.button-primary")
    expect(page.locator("h1")).to_contain_text(TRIAL)


def write_down_what_was_learnt(page: Page, slug: str) -> None:
    page.goto(f"/en/trials/{slug}/")
    press(page, f"main a[href*='/trials/{slug}/learned/']")
    page.locator("#f-learned_da").fill(LEARNT)
    page.locator("#f-on").fill("05.2026")
    page.locator("[name=changed][value=solution]").check()
    page.locator("#f-how").fill("Ny ledning til vagttelefonen.")
    press(page, "main form .button-primary")


def record_solution(page: Page) -> None:
    page.goto("/en/register/solution/?lab=byens-lab")
    page.locator("#f-name_da").fill(SOLUTION)
    page.locator("#f-summary_da").fill("Sensorer i gulvet kalder på nattevagten, når en beboer står op.")
    page.get_by_label("Product", exact=True).check()
    go_on(page)
    page.locator("#f-stage").select_option("trial")
    for _step in range(5):
        go_on(page)
    press(page, "form button.button-primary")
    expect(page.locator("h1")).to_contain_text(SOLUTION)


def bring_into_use(page: Page, slug: str) -> None:
    """The owner says since when it is in use, that it is new, and of what value it is."""
    page.goto(f"/en/solutions/{slug}/edit/far/")
    page.locator("#f-stage").select_option("in_use")
    page.locator("#f-in_use_since").fill("09.2026")
    page.locator("#f-new_here").select_option(index=1)
    press(page, "main form .button-primary")
    page.goto(f"/en/solutions/{slug}/edit/value/")
    opened(page)
    page.locator("[name=quality_evidence]").select_option("counted")
    page.locator("[name=quality_said]").fill("Halvt så mange fald om natten.")
    page.locator("[name=quality_source]").fill("Plejehjemmets egen optælling")
    press(page, "main form .button-primary")


def take_over(page: Page, slug: str, *, script: bool) -> None:
    page.goto(f"/en/solutions/{slug}/")
    press(page, f"main a[href*='/solutions/{slug}/we-use-this/']")
    opened(page)
    assert not script or look(page) == []
    page.locator("#f-in_use_since").fill("10.2026")
    press(page, "main form .button-primary")
    assert not script or look(page) == []


def test_from_a_trial_to_another_place(both_ways: Open, country: Country, script: bool) -> None:
    people = (country.first.owner, country.second, None)
    owner, other, reader = (both_ways(user=somebody) for somebody in people)

    record_trial(owner)
    trial = publish(TRIAL, country.curator)
    write_down_what_was_learnt(owner, trial.slug)
    assert Learning.objects.get().trial.record == trial
    reader.goto("/en/labs/byens-lab/")
    expect(reader.locator("#loop")).to_contain_text(LEARNT)

    record_solution(owner)
    solution = publish(SOLUTION, country.curator)
    page = f"/en/solutions/{solution.slug}/"
    reader.goto(page)
    expect(reader.locator("main")).to_contain_text("This is a trial, but not yet an innovation")
    bring_into_use(owner, solution.slug)
    reader.goto(page)
    expect(reader.locator("main")).to_contain_text("This is an innovation")
    assert Solution.objects.get(record=solution).in_use_since == dt.date(2026, 9, 1)

    reader.goto("/en/barometer/")
    before = reader.locator("main").inner_text()
    take_over(other, solution.slug, script=script)
    assert Adoption.objects.get().confirmed
    [thanks] = [mail for mail in delivered(country.first.owner.email) if "Havnens Kommune" in str(mail.body)]
    assert SOLUTION in str(thanks.body)

    reader.goto(f"{page}spread/")
    expect(reader.locator("main table").first).to_contain_text("Havnens Kommune")
    expect(reader.locator("#map")).to_contain_text("Havnen")
    reader.goto("/en/solutions/?phase=spread")
    expect(reader.locator("#result-count")).to_have_attribute("data-count", "1")
    reader.goto("/en/barometer/")
    assert reader.locator("main").inner_text() != before
    if script:
        for path in ("/en/labs/byens-lab/", page, f"{page}spread/"):
            reader.goto(path)
            assert look(reader) == []
