"""A stranger suggests an edit and the owner takes it, with and without JavaScript; two owners edit at once.

axe finds nothing on any of the pages, with and without errors, and nothing overflows at 320 px.
"""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from accounts.models import User
from actors.models import Actor
from curation.models import Suggestion
from labs.models import Lab
from tests import factories
from tests.journeys.browsing import Open, look, press, violations
from tests.post import delivered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("denmark")]

LAB = "/labs/doll-living-lab/"
NEW = "Danmarks udendørs lab for lys og byteknologi."


@pytest.fixture
def owner(denmark: None) -> User:
    user = User.objects.create_user("olga@gate.example", "correct horse battery", name="Olga")
    actor = Actor.objects.order_by("pk").first()
    assert actor
    Lab.objects.filter(record__slug="doll-living-lab").update(owner=actor)
    factories.membership(user, actor, "owner")
    return user


def test_a_stranger_suggests_and_the_owner_takes_it(both_ways: Open, owner: User) -> None:
    stranger = both_ways(LAB)
    press(stranger, f"main a[href='{LAB}suggest/']")
    press(stranger, f"main a[href='{LAB}suggest/what/']")
    stranger.locator("#f-summary_da").fill(NEW)
    stranger.locator("#f-reason").fill("Det står på labbets egen side.")
    stranger.locator("#f-reply_to").fill("ida@example.org")
    press(stranger, "main form .button-primary")
    assert urlsplit(stranger.url).path == f"{LAB}suggest/thanks/"
    stranger.goto(LAB)
    expect(stranger.locator("main")).not_to_contain_text(NEW)

    (mail,) = delivered(to=owner.email)
    found = re.search(r"/account/suggestions/\d+/", str(mail.body))
    assert found
    mine = both_ways(found[0], owner)
    expect(mine.locator("table")).to_contain_text(NEW)
    expect(mine.locator("main")).to_contain_text("Det står på labbets egen side.")
    mine.locator("#f-answer").fill("Mange tak.")
    press(mine, "main form .button-primary")
    expect(mine.locator(".alert-success")).to_be_visible()

    stranger.goto(LAB)
    expect(stranger.locator(".sk-lead").first).to_have_text(NEW)
    stranger.goto(f"{LAB}history/")
    expect(stranger.locator(".sk-history li").first).to_contain_text(NEW)
    expect(stranger.locator("main")).not_to_contain_text("Olga")
    (answer,) = delivered(to="ida@example.org")
    assert "Mange tak." in answer.body
    assert not Suggestion.objects.filter(reply_to="ida@example.org").exists()


def test_two_owners_edit_at_once_and_one_sets_it_back(both_ways: Open, owner: User) -> None:
    path = f"{LAB}edit/what/"
    one, other = both_ways(path, owner, but=["409 (Conflict)"]), both_ways(path, owner)
    for page, text in ((one, "Min udgave."), (other, "En andens udgave.")):
        page.locator("#f-summary_da").fill(text)
    press(other, "main form .button-primary:not([name])")
    expect(other.locator(".alert-success")).to_be_visible()
    press(one, "main form .button-primary:not([name])")
    row = one.locator(".sk-diff--sides tbody tr", has_text="Min udgave.")
    expect(row).to_contain_text("En andens udgave.")
    expect(one.locator("#f-summary_da")).to_have_value("Min udgave.")
    assert one.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(one, "main form .button-primary:not([name])")
    assert Lab.objects.get(record__slug="doll-living-lab").summary_da == "Min udgave."

    one.goto(f"{LAB}history/")
    press(one, ".sk-history a[href*='/revert/']")
    expect(one.locator("table")).to_contain_text("En andens udgave.")
    press(one, "main form .button-primary")
    assert Lab.objects.get(record__slug="doll-living-lab").summary_da == "En andens udgave."


def test_axe_finds_nothing_and_nothing_overflows(browse: Open, owner: User) -> None:
    lab = Lab.objects.select_related("record").get(record__slug="doll-living-lab")
    made = Suggestion.objects.create(
        record=lab.record, base_version=1, reason="Ny adresse.",
        changes={"website": {"from": [""], "to": ["https://lab.example/"]}},
    )  # fmt: skip
    page = browse(user=owner)
    mine = ["edit/", "edit/what/", "end/", "resume/", "withdraw/", "history/"]
    everybodys = ["suggest/", "suggest/why/", "suggest/words/", "suggest/thanks/"]
    for path in [*(f"{LAB}{each}" for each in (*mine, *everybodys)), f"/account/suggestions/{made.pk}/"]:
        for prefix in ("", "/en"):
            page.goto(prefix + path)
            assert look(page) == [], page.url
    for path in (f"{LAB}edit/what/", f"{LAB}end/", f"{LAB}withdraw/", f"{LAB}suggest/words/"):
        page.goto(path)
        for field in page.locator("main textarea:visible, main #f-name_da").all():
            field.fill("")
        press(page, "main form .button-primary:not([name])")
        expect(page.locator("#error-summary")).to_be_visible()
        assert violations(page) == [], path
