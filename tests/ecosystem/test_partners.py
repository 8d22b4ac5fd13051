"""The partner finder's page: what it understands, whom it suggests and why, what it never shows."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from curation.learning import learn
from curation.models import Theme
from places.choices import PlaceKind
from places.models import Place
from tests import factories
from tests.pages import Node, read
from tests.statements import statements

ABSTRACT = (
    "People who live with dementia are often the last to be asked when technology enters their homes. "
    "We study how sensors in floors can prevent falls in nursing homes in Odense, together with residents "
    "and care staff, and look for a municipality on Funen that will test them in daily operation. "
)


@pytest.fixture
def ageing(empty: None) -> Theme:
    return factories.theme("Ældre og omsorg", slug="ageing", name_en="Ageing and care")


@pytest.fixture
def dementia(ageing: Theme) -> Theme:
    return factories.theme(
        "Demens", slug="dementia", name_en="Dementia", parent=ageing, synonyms_en=["memory loss"]
    )


@pytest.fixture
def homes(ageing: Theme) -> Theme:
    return factories.theme(
        "Plejehjem", slug="care-homes", name_en="Care homes", parent=ageing, synonyms_en=["nursing homes"]
    )


@pytest.fixture
def towns(ageing: Theme) -> dict[str, Place]:
    region = factories.place("Region Syd", kind=PlaceKind.REGION, code="1083")
    return {
        "odense": factories.place("Odense", code="0461", latitude=55.4, longitude=10.4, within=[region]),
        "nyborg": factories.place("Nyborg", code="0450", latitude=55.31, longitude=10.79, within=[region]),
        "skagen": factories.place("Skagen", code="0813", latitude=57.72, longitude=10.58),
    }


@pytest.fixture
def register(dementia, homes, towns):
    """A few entries about dementia in and around Odense, and one about something else."""
    said = {"themes": [dementia], "latitude": 55.4, "longitude": 10.4, "places": [towns["odense"]]}
    near = factories.lab(
        "Demenslab", summary_da="Gulvsensorer mod fald.", phase="running", open_to=["research"], **said,
        claimed_at=timezone.now(), confirmed_at=timezone.now() - dt.timedelta(days=21),
    )  # fmt: skip
    far = factories.lab(
        "Skagenlab", themes=[dementia], places=[towns["skagen"]], latitude=57.72, longitude=10.58
    )
    other = factories.lab("Energilab", summary_da="Vindmøller.", themes=[factories.theme("Energi")])
    need = factories.need("Fald på plejehjem", type="test", themes=[homes], places=[towns["nyborg"]])
    actor = factories.actor("Odense Kommune", type="municipality", side="pull", **said)
    learn()
    return {"near": near, "far": far, "other": other, "need": need, "actor": actor}


def ask(client: Client, **query: str) -> Node:
    response = client.get("/en/partners/", query)
    assert response.status_code == 200
    return read(response)


def names(page: Node) -> list[str]:
    return [hit.one("h4").text for hit in page.all("li", "sk-hit")]


def because(page: Node, name: str) -> str:
    (hit,) = [hit for hit in page.all("li", "sk-hit") if hit.one("h4").text == name]
    return hit.one("p", "sk-because").text


# The answer


def test_a_question_is_answered_with_reasons_and_parts_that_sum(client, register):
    page = ask(client, text="Gulvsensorer til mennesker med demens", place="0461")
    assert names(page)[0] == "Demenslab"
    assert "Energilab" not in names(page)
    told = because(page, "Demenslab")
    for reason in ("Same theme: Dementia", "mentions “Gulvsensorer”", "open to: Research partners",
                   "nobody named who brings knowledge: room for you", "in the same place: Odense",
                   "in operation", "confirmed 3\xa0weeks ago"):  # fmt: skip
        assert reason in told.replace("3 weeks", "3\xa0weeks"), reason
    for hit in page.all("li", "sk-hit"):
        *parts, total = [cell.text.split(" of ") for cell in hit.all("td", "sk-num")]
        assert sum(int(points) for points, _most in parts) == int(total[0])
        assert sum(int(most) for _points, most in parts) == int(total[1]) == 100
        assert f"How the {total[0]} points add up" in hit.one("summary").text


def test_what_was_understood_is_shown_and_can_be_left_out(client, register):
    page = ask(client, text="dementia and gulvsensorer in Odense")
    chips = {
        chip.text.partition(" Leave")[0]: chip.one("a").attrs["href"] for chip in page.all("li", "sk-chip")
    }
    assert {"Theme: Dementia", "Place: Odense", "Word: Gulvsensorer"} <= set(chips)
    without = read(client.get("/en/partners/" + chips["Theme: Dementia"]))
    left = [chip.text.partition(" Leave")[0] for chip in without.all("li", "sk-chip")]
    assert set(left) == set(chips) - {"Theme: Dementia"}
    assert names(without)[0] == "Demenslab"
    assert "Same theme" not in because(without, "Demenslab")


def test_a_long_text_becomes_its_words_and_is_kept_nowhere(client, register):
    browser = Client(enforce_csrf_checks=True)
    response = browser.post("/en/partners/", {"text": ABSTRACT + "ord " * 2000})
    assert response.status_code == 302
    address = urlsplit(response["Location"])
    asked = parse_qs(address.query)
    assert address.path == "/en/partners/"
    assert asked["theme"] == ["dementia", "care-homes"]
    assert asked["place"][0] == "0461"
    assert asked["cut"] == ["1"]
    assert len(address.query) < 300
    assert "asked when technology" not in address.query
    assert not response.cookies
    page = read(browser.get(response["Location"]))
    assert {"Demenslab", "Skagenlab", "Fald på plejehjem", "Odense Kommune"} <= set(names(page))
    assert "only the beginning was read" in page.by_id("read").text
    assert not browser.cookies


def test_another_site_can_send_nobody_here_with_a_text(client, register):
    response = client.post("/partners/", {"text": ABSTRACT}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (response.status_code, response["Location"]) == (302, "/partners/")


def test_the_orders_are_fit_distance_and_freshness(client, register):
    question = {"theme": "dementia", "place": "0813", "show": "lab"}
    assert names(ask(client, **question, sort="near")) == ["Skagenlab", "Demenslab"]
    assert names(ask(client, **question, sort="fresh")) == ["Demenslab", "Skagenlab"]
    assert names(ask(client, **question))[0] == "Demenslab"


def test_the_map_and_the_list_have_the_same_numbers(client, register):
    page = ask(client, theme="dementia")
    numbers = [mark.text for mark in page.all("text", "sk-hitmap__n")]
    assert sorted(", ".join(numbers).split(", ")) == ["1", "2", "3"]
    assert [hit.attrs["value"] for hit in page.all("li", "sk-hit")] == ["1", "2", "3"]


def test_a_role_chooses_the_kinds_and_the_organisations(client, register, dementia):
    factories.actor("Universitetet", type="university", themes=[dementia])
    factories.offer("Forskning i demens", themes=[dementia])
    page = ask(client, theme="dementia", role="research")
    assert {"Universitetet", "Forskning i demens"} <= set(names(page))
    assert "Odense Kommune" not in names(page)
    assert names(ask(client, theme="dementia", role="host", show="actor")) == ["Odense Kommune"]


# Reach, and what is loosened


@pytest.mark.parametrize(
    ("reach", "found"),
    [("here", {"Demenslab", "Odense Kommune"}), ("50", {"Demenslab", "Odense Kommune"}),
     ("region", {"Demenslab", "Odense Kommune"}), ("", {"Demenslab", "Odense Kommune", "Skagenlab"})],
)  # fmt: skip
def test_a_reach_limits(client, register, reach, found):
    assert set(names(ask(client, theme="dementia", place="0461", reach=reach))) == found


def test_nothing_so_near_is_said_and_the_country_shown(client, register):
    page = ask(client, theme="care-homes", place="0813", reach="here")
    assert names(page) == ["Fald på plejehjem"]
    assert "Nothing fits so near" in page.one(css="sk-loosened").text
    assert "/search/missing/?" in page.one(css="sk-loosened").one("a").attrs["href"]


def test_nothing_open_now_is_said(client, register):
    page = ask(client, theme="dementia", open="1", show="actor")
    assert names(page) == ["Odense Kommune"]
    need = register["need"]
    need.status = ""
    need.save()
    factories.reindex(need)
    page = ask(client, theme="care-homes", open="1")
    assert names(page) == ["Fald på plejehjem"]
    assert "Without these wishes" in page.one(css="sk-loosened").text


def test_about_nothing_there_is_the_nearest_are_shown(client, register, towns):
    page = ask(client, theme=factories.theme("Rumfart", slug="space").slug, place="0813")
    assert "Nothing in the register is about this yet" in page.one(css="sk-loosened").text
    assert names(page)[0] == "Skagenlab"


def test_only_a_place_shows_what_is_near_it(client, register):
    page = ask(client, place="0461")
    assert not page.all(css="sk-loosened")
    assert names(page)[0] == "Demenslab"


# From an entry


def test_from_a_need_an_offer_and_a_lab_the_others_are_found(client, register, dementia, homes):
    offer = factories.offer("Faldforskning", type="testing_validation", themes=[homes])
    learn()
    page = ask(client, need="fald-paa-plejehjem")
    assert page.one("h1").text == "Who could answer it?"
    assert names(page) == ["Faldforskning"]
    assert "“Test in practice” is answered by “Testing and validation”" in because(page, "Faldforskning")
    page = ask(client, offer=offer.record.slug)
    assert (page.one("h1").text, names(page)) == ("Where could it land?", ["Fald på plejehjem"])
    page = ask(client, lab="demenslab")
    assert page.one("h1").text == "Who is missing?"
    assert names(page) == ["Odense Kommune"]
    assert "Nobody is named as" in page.one(css="sk-lacking").text
    assert "could fill a role the lab has nobody for" in because(page, "Odense Kommune")


def test_who_works_together_already_is_said_and_not_ranked_up(client, register, homes):
    need = register["need"]
    tied, _free = (factories.offer(name, type="site", themes=[homes]) for name in ("Med", "Uden"))
    factories.response(need, tied)
    page = ask(client, need=need.record.slug, show="offer")
    scores = {hit.one("h4").text: hit.all("td", "sk-num")[-1].text for hit in page.all("li", "sk-hit")}
    assert scores == {"Med": scores["Uden"], "Uden": scores["Uden"]}
    assert [hit.one("h4").text for hit in page.all("li", "sk-hit") if hit.all("p", "sk-hit__tied")] == ["Med"]
    assert names(page) == ["Uden", "Med"]


def test_partners_in_common_are_told(client, register, homes):
    need, offer, shared = register["need"], factories.offer("Tilbud", themes=[homes]), factories.lab("Mellem")
    factories.link(shared, need, "pull")
    factories.link(shared, offer, "push")
    assert "both work with Mellem" in because(ask(client, need=need.record.slug, show="offer"), "Tilbud")


@pytest.mark.parametrize("kind", ["need", "offer", "lab"])
def test_an_entry_that_is_no_draft_and_goes_on_is_needed(client, register, kind):
    make = {"need": factories.need, "offer": factories.offer, "lab": factories.lab}[kind]
    over = {"need": {"status": "answered"}, "offer": {"status": "closed"}, "lab": {}}[kind]
    for entry in (make("Kladde", state="draft"), make("Slut", ended=True, **over)):
        assert client.get("/partners/", {kind: entry.record.slug}).status_code == 404
    assert client.get("/partners/", {kind: "findes-ikke"}).status_code == 404


# What never shows


def test_drafts_what_is_withdrawn_and_what_has_ended_never_show(client, register, dementia, towns):
    said = {"themes": [dementia], "summary_da": "Gulvsensorer Kanariefugl", "places": [towns["odense"]]}
    for state in ("draft", "submitted", "withdrawn"):
        factories.lab(f"Kanariefugl {state}", **said, state=state)
        factories.offer(f"Kanariefugl offer {state}", **said, state=state)
    ended = factories.lab("Kanariefugl slut", **said, ended=True)
    secret = factories.actor("Kanariefugl bag", state="draft")
    factories.link(register["near"], secret, "push", role="research")
    factories.link(register["near"], ended_need := factories.need("Kanariefugl behov", state="draft"))
    asked: list[dict[str, str]] = [
        {"text": "Gulvsensorer"}, {"theme": "dementia", "place": "0461"}, {"lab": "demenslab"},
        {"need": "fald-paa-plejehjem"}, {"theme": "dementia", "role": "research"},
    ]  # fmt: skip
    for query in asked:
        assert "Kanariefugl" not in client.get("/partners/", query).text, query
    assert "nobody named who brings knowledge" in because(ask(client, theme="dementia"), "Demenslab")
    assert ended.pk
    assert ended_need.pk


@pytest.mark.parametrize(
    "query",
    [{"text": "'; DROP TABLE x; --"}, {"text": "<script>alert(1)</script> demens"}, {"text": "🐟" * 900},
     {"text": "a" * 100_000}, {"text": "\\' | & ! <-> :*"}, {"theme": "nix", "place": "9", "reach": "x"},
     {"sort": "x", "show": "mission", "role": "king"}, {"text": "demens", "group": "x" * 5000},
     {"place": "-", "theme": "-"}, {"text": "%(rare)s {kind} %s"}],
)  # fmt: skip
def test_hostile_questions_are_answered(client, register, query):
    for response in (client.get("/partners/", query), client.post("/partners/", query, follow=True)):
        assert response.status_code == 200
        assert "<script>alert" not in response.text


def test_what_is_not_known_is_told(client, register):
    assert "Not known, and left out: nix" in ask(client, theme="nix").by_id("read").text


def test_a_megabyte_is_read_as_its_beginning(client, register):
    response = client.post("/partners/", {"text": "demens " * 150_000})
    assert response.status_code == 302
    assert "cut=1" in response["Location"]


# What it costs


def test_no_more_than_ten_statements_however_many_rows(client, register, dementia, homes):
    queries = [
        {"text": "Gulvsensorer til demens", "place": "0461"}, {"need": "fald-paa-plejehjem"},
        {"theme": "care-homes", "place": "0813", "reach": "region", "open": "1"},
    ]  # fmt: skip
    few = [len(statements(client, "/partners/", query)) for query in queries]
    for _number in range(3):
        factories.lab(themes=[dementia], summary_da="Gulvsensorer")
        factories.offer(themes=[homes])
    assert [len(statements(client, "/partners/", query)) for query in queries] == few
    assert max(few) <= 10
