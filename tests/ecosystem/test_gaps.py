"""Missing links: when there is one, which side is missing, what is told first, and who could fill it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from curation.choices import Side
from curation.models import Record
from curation.reference import Reference
from ecosystem.gaps import gaps_of
from ecosystem.gaps import worklist as pages
from ecosystem.gaps.counting import of_country
from ecosystem.gaps.kinds import PARTS, GapKind, most_telling, opposite, side_of
from ecosystem.gaps.parallel import pairs_of, side_by_side
from ecosystem.gaps.worklist import Question, sections_of
from tests import factories
from tests.pages import read
from tests.statements import PLACE, statements

OVER = dt.date(2026, 1, 31)


@pytest.fixture
def theme(empty):
    return factories.theme("Ældre og omsorg", slug="ageing", name_en="Ageing and care")


@pytest.fixture
def town(theme):
    return factories.place("Byen", code="0999", latitude=56.0, longitude=10.0)


@pytest.fixture
def here(town, theme):
    """What an entry of the town and the theme is made with."""
    return {"places": [town], "themes": [theme]}


def count(place, kind, theme_id=0):
    if kind == GapKind.THEMES:
        return pages.counts_of(place, Reference(), theme_id)[kind]
    return of_country().of(place.pk, kind, theme_id)


def told(place, kind):
    """The missing links of a kind, and that they are as many as are counted."""
    found = [
        gap for section in sections_of(place, Reference(), Question()) if section.kind == kind
        for gap in section.gaps
    ]  # fmt: skip
    assert len(found) == min(count(place, kind), pages.FEW)
    return found


# Pure


def test_the_side_is_both_where_the_parts_are_on_both():
    assert side_of(["pull", "pull"]) == Side.PULL
    assert side_of(["pull", "push"]) == Side.BOTH
    assert [opposite(side) for side in ("pull", "push", "both")] == ["push", "pull", "both"]


def test_many_of_one_kind_hide_no_other():
    found = {GapKind.NEEDS: ["n1", "n2", "n3"], GapKind.LABS: ["l1"], GapKind.LINKS: ["t1"]}
    assert most_telling(found, 4) == ["n1", "l1", "t1", "n2"]
    assert most_telling({}, 4) == []


def test_four_parts_make_a_coalition_whole():
    roles = [set(part.roles) for part in PARTS.values()]
    assert roles == [{"need_owner", "host"}, {"users", "frontline"}, {"research"}, {"facilitator"}]


# Each kind


def test_a_need_has_push_by_an_answer_or_by_a_lab_that_has_it(town, here):
    need = factories.need("Behovet", **here)
    (gap,) = told(town, GapKind.NEEDS)
    assert (gap.title, gap.side) == ("Behovet", Side.PUSH)
    assert gap.path == "/places/0999/missing/who/?need=behovet"
    answer = factories.response(need, factories.offer(ended=True, status="closed"))
    lab = factories.lab()
    factories.link(lab, need, "pull")
    factories.link(lab, factories.actor(side="pull"), "pull")
    factories.link(lab, factories.actor(ended=True), "push")
    factories.link(lab, factories.actor(), "push", ended_on=OVER)
    assert count(town, GapKind.NEEDS) == 1
    push = factories.link(lab, factories.actor(), "both")
    assert count(town, GapKind.NEEDS) == 0
    push.delete()
    answer.offer = factories.offer()
    answer.save()
    assert count(town, GapKind.NEEDS) == 0
    answer.ended_on = OVER
    answer.save()
    assert count(town, GapKind.NEEDS) == 1


def test_an_offer_has_practice_by_a_need_or_by_any_lab(town, here):
    offer = factories.offer("Tilbuddet", **here)
    factories.response(factories.need(ended=True, status="expired"), offer)
    factories.link(factories.lab(state="draft"), offer, "push")
    factories.link(factories.lab(), offer, "push", ended_on=OVER)
    (gap,) = told(town, GapKind.OFFERS)
    assert (gap.title, gap.side) == ("Tilbuddet", Side.PULL)
    factories.link(factories.lab(), offer, "push")
    assert count(town, GapKind.OFFERS) == 0


def test_a_lab_tells_the_parts_it_lacks(town, here):
    lab = factories.lab("Labbet", **here)
    (gap,) = told(town, GapKind.LABS)
    assert gap.side == Side.BOTH
    for role in ("host", "frontline", "facilitator"):
        factories.link(lab, factories.actor(side="pull"), "pull", role=role)
    factories.link(lab, factories.actor(), "push", role="research", ended_on=OVER)
    with override("en"):
        (gap,) = told(town, GapKind.LABS)
    assert (gap.side, gap.reason) == (Side.PUSH, "Nobody is named as a research partner.")
    assert gap.path == "/en/places/0999/missing/who/?lab=labbet&part=research"
    factories.link(lab, factories.actor(), "push", role="research")
    assert count(town, GapKind.LABS) == 0


def test_a_host_without_an_entry_and_who_holds_the_backbone_function_fill_their_parts(town, here):
    secretariat = factories.actor()
    lab = factories.lab(host_named="Et plejehjem", backbone=secretariat, **here)
    factories.link(lab, factories.actor(), "push", role="research")
    with override("en"):
        (gap,) = told(town, GapKind.LABS)
    assert gap.reason == "Nobody is named as users or front-line staff."
    assert gap.side == Side.PULL
    Record.objects.filter(pk=secretariat.pk).update(ended=True)
    assert told(town, GapKind.LABS)[0].side == Side.BOTH


def test_a_theme_with_a_need_and_no_lab(town, here, theme):
    narrower = factories.theme("Demens", parent=theme, name_en="Dementia")
    factories.need(places=[town], themes=[narrower])
    factories.mission(**here)
    factories.lab(ended=True, **here)
    with override("en"):
        (gap,) = told(town, GapKind.THEMES)
    assert (gap.title, gap.side) == ("Ageing and care", Side.PUSH)
    assert gap.reason == ("1 need and 1 mission (Dementia), but no living lab and nothing on the PUSH side.")
    assert gap.path == "/en/register/lab/?theme=ageing&place=0999"
    factories.offer(**here)
    assert told(town, GapKind.THEMES)[0].side == Side.BOTH
    factories.lab(**here)
    assert count(town, GapKind.THEMES) == 0


def test_links_not_confirmed_are_told_once_for_each_entry(town, here):
    lab, mission, need = (factories.lab("Labbet", **here), factories.mission(**here), factories.need(**here))
    factories.link(lab, factories.actor(side="pull"), "pull")
    factories.link(lab, factories.offer(), "push")
    factories.link(lab, factories.actor(), "push", ended_on=OVER)
    factories.link(lab, factories.actor(state="withdrawn"), "push")
    factories.member(mission, factories.actor(), "push")
    factories.response(need, factories.offer())
    found = {gap.title: gap for gap in told(town, GapKind.LINKS)}
    assert {title: gap.side for title, gap in found.items()} == {
        "Labbet": Side.BOTH,
        mission.name: Side.PUSH,
        need.name: Side.PULL,
    }
    with override("en"):
        gaps = told(town, GapKind.LINKS)
    assert [gap.reason[:7] for gap in gaps if gap.title == "Labbet"] == ["2 links"]
    lab.links.update(confirmed_at="2026-02-01T12:00Z")
    assert {gap.title for gap in told(town, GapKind.LINKS)} == {mission.name, need.name}


def test_an_actor_is_tied_by_a_part_a_relation_or_what_it_answers_for(town, here):
    factories.actor("Alene", side="push", **here)
    over = factories.actor("Forbi", side="pull", **here)
    factories.link(factories.lab(), over, "pull", ended_on=OVER)
    factories.link(factories.lab(ended=True), over, "pull", role="host")
    factories.relation(over, factories.actor(ended=True))
    owner, partner, member = (factories.actor(**here) for _number in range(3))
    factories.offer(owner=owner)
    factories.relation(factories.actor(), partner)
    factories.member(factories.mission(), member)
    found = {gap.title: gap.side for gap in told(town, GapKind.ACTORS)}
    assert found == {"Alene": Side.PULL, "Forbi": Side.PUSH}


def test_nothing_of_drafts_withdrawn_and_ended_entries_shows(client: Client, town, here):
    """Not as what lacks something, and not as what could fill it."""
    secret: tuple[dict[str, Any], ...] = ({"state": "draft"}, {"state": "withdrawn"}, {"ended": True})
    for number, state in enumerate(secret):
        over = bool(state.get("ended"))
        factories.need(f"Skjult behov {number}", status="expired" if over else "open", **here, **state)
        factories.offer(f"Skjult tilbud {number}", status="closed" if over else "open", **here, **state)
        for kind in (factories.lab, factories.actor, factories.mission):
            kind(f"Skjult {kind.__name__} {number}", **here, **state)
    assert all(number == 0 for number in pages.counts_of(town, Reference()).values())
    assert "Skjult" not in client.get("/places/0999/missing/").text
    factories.need("Behovet", **here)
    factories.actor("Skubber", side="push", **here)
    for query in ("?kind=parallel&theme=ageing", "?kind=actors", "who/?need=behovet", "who/?actor=skubber"):
        page = client.get(f"/places/0999/missing/{query}").text
        assert "Skjult" not in page
        assert "Skubber" in page
    assert client.get("/places/0999/missing/who/?need=skjult-behov-0").status_code == 404


# Parallel, not coupled


def test_two_links_couple_and_three_do_not(town, here, theme):
    need, offer = factories.need("Behovet", **here), factories.offer("Tilbuddet", **here)
    between = factories.lab()
    for end, side in ((need, "pull"), (factories.actor("Midten", side="pull"), "pull")):
        factories.link(between, end, side)

    def pairs():
        return {(pair.pull.name, pair.push.name) for pair in pairs_of(town.pk, theme.pk)}

    assert pairs() == {("Behovet", "Tilbuddet")}
    found = side_by_side(town.pk, Reference())[theme.pk]
    assert (found.needs, found.labs, found.offers, found.actors, found.pairs) == (1, 0, 1, 0, 1)
    link = factories.link(between, offer, "push")
    assert pairs() == set()
    assert side_by_side(town.pk, Reference()) == {}
    link.ended_on = OVER
    link.save()
    assert len(pairs()) == 1
    owner = factories.actor(side="pull")
    for entry in (need, offer):
        entry.owner = owner
        entry.save()
    assert pairs() == set()
    Record.objects.filter(pk=owner.pk).update(ended=True)
    assert len(pairs()) == 1


def test_labs_stand_on_the_pull_side_until_they_have_push(town, here, theme):
    lab = factories.lab("Labbet", **here)
    factories.actor("Skubber", side="push", **here)
    factories.actor("Trækker", side="pull", **here)
    (pair,) = pairs_of(town.pk, theme.pk)
    assert (pair.pull.name, pair.push.name) == ("Labbet", "Skubber")
    factories.link(lab, factories.actor(), "both")
    assert not pairs_of(town.pk, theme.pk)


# The pages


def test_the_pages_in_both_languages(client: Client, town, here):
    factories.need("Behovet", name_en="The need", **here)
    factories.offer("Tilbuddet", name_en="The offer", **here)
    page = read(client.get("/places/0999/missing/"))
    assert {node.text for node in page.all("h3")} >= {"Behovet", "Tilbuddet", "Ældre og omsorg"}
    kinds = page.one("ul", "sk-kinds").links
    assert kinds[1:4] == [f"/places/0999/missing/?kind={kind}" for kind in ("needs", "themes", "labs")]
    one = read(client.get("/en/places/0999/missing/?kind=offers"))
    assert [node.text for node in one.all("h3")] == ["The offer"]
    (action,) = one.all("a", "sk-go")
    who = read(client.get(action.attrs["href"]))
    assert [node.text for node in who.one("main").all("h3")] == ["The need"]
    assert "less than 1 km away" in who.text
    both = read(client.get("/en/places/0999/missing/?kind=parallel&theme=ageing"))
    assert both.one("a", "sk-go").attrs["href"] == "/en/needs/behovet/answer/"
    assert "1 need live side by side with 1 offer." in both.text


def test_what_makes_no_sense_is_said_and_ignored(client: Client, town, here):
    factories.need("Behovet", **here)
    page = read(client.get("/en/places/0999/missing/?kind=nothing&theme=nowhere&page=x"))
    assert "“nothing” is not known here" in page.text
    assert "“nowhere” is not known here" in page.text
    assert "Behovet" in page.text
    assert client.get("/places/byen/missing/?kind=needs").headers["Location"] == "/places/0999/missing/"
    assert client.get("/places/byen/missing/who/").headers["Location"] == "/places/0999/missing/who/"
    for path in ("/places/0000/missing/", "/places/0999/missing/who/?need=ingen"):
        assert client.get(path).status_code == 404


def test_a_theme_narrows_rows_and_counts(client: Client, town, here, theme):
    other = factories.theme("Klima", slug="climate")
    factories.offer("Pleje", **here)
    factories.offer("Vind", places=[town], themes=[other])
    assert (count(town, GapKind.OFFERS), count(town, GapKind.OFFERS, theme.pk)) == (2, 1)
    page = read(client.get("/places/0999/missing/?kind=offers&theme=climate"))
    assert [node.text for node in page.all("h3")] == ["Vind"]


def test_long_lists_are_paged_and_not_without_end(client: Client, town, here, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 2)
    monkeypatch.setattr(pages, "LAST_PAGE", 2)
    for number in range(6):
        factories.offer(f"Tilbud {number}", **here)
    first, last, beyond = (
        read(client.get(f"/en/places/0999/missing/?kind=offers&page={page}")) for page in (1, 2, 99)
    )
    names = [node.text for page in (first, last) for node in page.all("h3")]
    assert len(set(names)) == 4
    assert [node.text for node in beyond.all("h3")] == names[2:]
    assert "2 more are found by choosing a theme or a smaller place." in last.text


def test_nearest_first_and_what_is_nowhere_last(client: Client, town, here, theme):
    factories.need("Behovet", latitude=56.0, longitude=10.0, **here)
    factories.offer("Et sted", themes=[theme])
    factories.offer("Langt væk", latitude=57.0, longitude=10.0, themes=[theme])
    factories.offer("Tæt på", latitude=56.1, longitude=10.0, themes=[theme])
    factories.offer("Andet tema", latitude=56.0, longitude=10.0, themes=[factories.theme()])
    factories.actor("Skubber", side="both", latitude=56.5, longitude=10.0)
    page = read(client.get("/en/places/0999/missing/who/?need=behovet"))
    rows = [node.text for node in page.all("li", "sk-gap")]
    assert [row.split("Offer")[0].strip() for row in rows] == ["Tæt på", "Langt væk", "Et sted"]
    assert "11 km away" in rows[0]
    assert "111 km away" in rows[1]
    assert "distance not known" in rows[2]


def test_a_lab_is_asked_for_the_parts_it_lacks(client: Client, town, here):
    lab = factories.lab("Labbet", **here)
    for role in ("host", "research", "facilitator"):
        factories.link(lab, factories.actor(side="pull"), "pull", role=role)
    factories.actor("Brugerne", side="pull", **here)
    factories.actor("Skubber", side="push", **here)
    page = read(client.get("/en/places/0999/missing/who/?lab=labbet&part=research"))
    assert page.one("ul", "sk-kinds").links == ["/en/places/0999/missing/who/?lab=labbet&part=users"]
    assert [node.text for node in page.one("main").all("h3")] == ["Brugerne"]
    assert page.one("a", "button").attrs["href"] == "/en/register/need/?lab=labbet&role=users"


# Cost


def test_the_statements_are_few_whatever_there_is(client: Client, town, here):
    queries = ("", "?kind=labs", "?kind=parallel&theme=ageing", "who/?lab=labbet")
    factories.lab("Labbet", **here)
    asked = []
    for _more in range(2):
        for make in (factories.need, factories.offer, factories.lab, factories.actor):
            make(**here)
        factories.member(factories.mission(**here), factories.actor(**here))
        asked.append([len(statements(client, f"/places/0999/missing/{query}")) for query in queries])
    assert asked[0] == asked[1]
    assert max(asked[0]) <= PLACE


def test_the_places_page_costs_two_statements(town, here, django_assert_num_queries):
    for make in (factories.need, factories.need, factories.offer, factories.lab, factories.mission):
        make(**here)
    reference = Reference()
    pages.counts_of(town, reference)
    assert reference.themes
    with django_assert_num_queries(2):
        found = gaps_of(town, reference)
    kinds = [gap.kind for gap in found.shown]
    assert kinds == [GapKind.NEEDS, GapKind.LABS, GapKind.OFFERS, GapKind.NEEDS]
    assert found.total == 4
    assert [number for _kind, number, _path in found.kinds] == [2, 1, 1]
