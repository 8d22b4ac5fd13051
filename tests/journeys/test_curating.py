"""A curator empties the desk: forty entries by keyboard, and some without JavaScript."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from actors.models import Claim, Enquiry
from curation import actions
from curation.choices import State
from curation.models import ReasonText, Record, RecordEvent, Suggestion
from desk import weekly
from mail.models import Message
from tests import factories, people
from tests.journeys.browsing import PHONE, Open, look, press

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty", "reason_texts")]

FORTY, SOME = 40, 9
EACH_RETURNED = 4  # every fourth is returned


@pytest.fixture
def author() -> User:
    return people.person("anna@aarhus.dk", name="Anna Author")


@pytest.fixture
def reason_texts(db: None) -> None:
    """Tests on real transactions empty the shelf, too."""
    ReasonText.objects.all().delete()
    ReasonText.objects.create(
        occasion="return", title_da="Der mangler en kilde", title_en="A source is missing",
        text_da="Henvis til en kilde.", text_en="Refer to a source.",
    )  # fmt: skip


def ready(page: Page) -> None:
    """The script shows the keys once it hears them."""
    expect(page.locator("#keys")).to_be_visible()


def sent_in(author: User, number: int) -> list[Record]:
    return [
        factories.lab(
            f"Lab {each:02}", state=State.SUBMITTED, created_by=author, summary_da=f"Nummer {each}."
        ).record
        for each in range(number)
    ]


def test_forty_entries_by_keyboard(browse: Open, curator: User, author: User) -> None:
    records = sent_in(author, FORTY)
    page = browse("/desk/", curator)
    expect(page.locator("h1")).to_contain_text("40")
    ready(page)
    page.keyboard.press("j")
    for number in range(FORTY):
        expect(page.locator("#case-h")).to_have_text(f"Lab {number:02}")
        ready(page)
        if number % EACH_RETURNED == 0:
            page.keyboard.press("r")
            page.keyboard.type(f"Fortæl mere om {number}.")
            page.keyboard.press("Control+Enter")
        else:
            page.keyboard.press("g")
    expect(page.locator(".sk-empty")).to_be_visible()
    returned = Record.objects.filter(state=State.RETURNED).order_by("pk")
    assert [record.decision for record in returned] == [
        f"Fortæl mere om {number}." for number in range(0, FORTY, EACH_RETURNED)
    ]
    assert Record.objects.filter(state=State.PUBLISHED).count() == FORTY - len(returned)
    assert RecordEvent.objects.filter(record__in=records).count() == FORTY
    assert Message.objects.filter(to=author.email).count() == FORTY


def test_keys_can_be_turned_off_and_none_is_heard_while_typing(
    browse: Open, curator: User, author: User
) -> None:
    first, second, _third = sent_in(author, 3)
    page = browse(f"/desk/new/{first.public_id}/", curator)
    page.locator("#id_reason").fill("")
    page.locator("#id_reason").press_sequentially("gj")
    expect(page.locator("#id_reason")).to_have_value("gj")
    expect(page.locator("#case-h")).to_have_text("Lab 00")
    page.locator("#keys-off").click()
    page.locator("#case-h").click()
    page.keyboard.press("j")
    page.keyboard.press("g")
    expect(page.locator("#case-h")).to_have_text("Lab 00")
    page.reload()
    expect(page.locator("#keys-again")).to_be_visible()
    page.locator("#keys-again").click()
    page.locator("#case-h").click()
    page.keyboard.press("j")
    expect(page.locator("#case-h")).to_have_text("Lab 01")
    ready(page)
    page.keyboard.press("k")
    expect(page.locator("#case-h")).to_have_text("Lab 00")
    ready(page)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_focused()
    assert not RecordEvent.objects.filter(record__in=(first, second)).exists()


def test_a_text_from_the_shelf_is_put_in_and_mended(browse: Open, curator: User, author: User) -> None:
    record = sent_in(author, 1)[0]
    page = browse(f"/desk/new/{record.public_id}/", curator)
    ready(page)
    page.locator("#id_text").select_option(label="Returnering: Der mangler en kilde")
    page.locator("#insert").click()
    expect(page.locator("#id_reason")).to_have_value("Henvis til en kilde.")
    expect(page.locator("#id_reason")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Gerne jeres egen side.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".sk-empty")).to_be_visible()
    record.refresh_from_db()
    assert record.decision == "Henvis til en kilde. Gerne jeres egen side."


def test_some_entries_without_javascript(browse: Open, curator: User, author: User) -> None:
    sent_in(author, SOME)
    page = browse("/desk/", curator, java_script_enabled=False, viewport=PHONE)
    page.locator(".sk-q a").first.press("Enter")
    for number in range(SOME):
        expect(page.locator("#case-h")).to_have_text(f"Lab {number:02}")
        if number % EACH_RETURNED == 0:
            page.locator("#id_text").select_option(label="Returnering: Der mangler en kilde")
            page.locator("#insert").press("Enter")
            expect(page.locator("#id_reason")).to_have_value("Henvis til en kilde.")
            page.locator("button[value=return]").press("Enter")
        else:
            page.locator("button[value=publish]").press("Enter")
    expect(page.locator(".sk-empty")).to_be_visible()
    states = Record.objects.of_kind("lab").order_by("pk").values_list("state", flat=True)
    assert list(states) == [
        State.PUBLISHED if number % EACH_RETURNED else State.RETURNED for number in range(SOME)
    ]


def test_no_key_withdraws_what_is_public(browse: Open, curator: User) -> None:
    lab = factories.lab("Rettet")
    Record.objects.filter(pk=lab.pk).update(version=2)
    page = browse(f"/desk/changed/{lab.record.public_id}/", curator)
    ready(page)
    page.locator("#id_reason").fill("Pænt rettet.")
    page.keyboard.press("Control+Enter")
    page.locator("#case-h").click()
    page.keyboard.press("r")
    page.keyboard.press("g")
    expect(page.locator(".sk-empty")).to_be_visible()
    lab.record.refresh_from_db()
    assert (lab.record.state, lab.record.reviewed_version) == (State.PUBLISHED, 2)


@pytest.mark.parametrize("language", ["", "/en"])
def test_axe_finds_nothing_and_nothing_overflows(
    browse: Open, curator: User, author: User, language: str
) -> None:
    """On each page with and without errors, and where somebody else was first."""
    record, gone = sent_in(author, 2)
    lab = factories.lab("Rettet", summary_da="Før")
    Record.objects.filter(pk=lab.pk).update(version=2)
    actor = factories.actor("Solbakken")
    factories.link(lab, actor, asked_at=timezone.now() - dt.timedelta(days=40))
    held = factories.stewardship(curator, factories.place("Ringkøbing-Skjern"))
    away = factories.absence(curator)
    factories.absence(author, curator)
    made = Suggestion.objects.create(
        record=lab.record, base_version=1, changes={"summary_da": {"from": ["Før"], "to": ["Nu"]}},
        passed_on_at=timezone.now(),
    )  # fmt: skip
    claim = Claim.objects.create(record=actor.record, user=author, actor=actor)
    long_ago = timezone.now() - dt.timedelta(days=40)
    Enquiry.objects.create(
        record=lab.record, state="sent", sent_at=long_ago, answer_by=timezone.localdate(long_ago)
    )
    text = ReasonText.objects.get()
    paths = [
        "", "claimed/", "enquiries/", f"enquiries/?of=person-{curator.pk}",
        f"new/{record.public_id}/", f"changed/{lab.record.public_id}/",
        f"suggested/{made.pk}/", f"claimed/{claim.pk}/", f"unconfirmed/{actor.record.public_id}/",
        "texts/", "texts/new/", f"texts/{text.pk}/", "stewards/", f"stewards/{held.pk}/end/",
        f"stewards/person/{curator.pk}/", f"stewards/person/{curator.pk}/away/", f"away/{away.pk}/",
        f"stewards/person/{curator.pk}/hand-over/", f"stewards/entry/{lab.record.public_id}/", "workload/",
        "quality/", "quality/entries/", weekly.stop_link(curator).partition("/desk/")[2],
    ]  # fmt: skip
    page, found = browse(user=curator, but=["409 (Conflict)", "422 (Unprocessable Content)"]), {}
    for path in paths:
        page.goto(f"{language}/desk/{path}")
        found[path] = look(page)
    page.goto(f"{language}/desk/new/{record.public_id}/")
    press(page, "button[value=return]")
    expect(page.locator("#error-summary")).to_be_visible()
    found["error"] = look(page)
    page.goto(f"{language}/desk/new/{gone.public_id}/")
    actions.return_to_author(gone, by=curator, version=1, reason="Først")
    page.locator("#id_reason").fill("Skrevet forgæves")
    press(page, "button[value=return]")
    expect(page.locator("#overtaken")).to_be_visible()
    expect(page.locator("#id_reason")).to_have_value("Skrevet forgæves")
    found["overtaken"] = look(page)
    assert {path: broken for path, broken in found.items() if broken} == {}
