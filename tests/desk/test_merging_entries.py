"""What a merge does besides moving rows: addresses, lists, mails, and what happens when two do it at once."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from actors.models import Membership
from curation.actions import Overtaken
from curation.choices import State, Verb
from curation.models import EntryTheme, Kept, Record, RecordEvent, Shortlist
from desk.merging import actions
from desk.models import Merge, Pair
from labs.models import Adoption, Lab, Link
from tests import factories, people
from tests.pages import read
from tests.people import browser
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", name="Karen Kurator", is_curator=True)


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


@pytest.fixture
def labs() -> tuple[Lab, Lab]:
    """The one that goes, and the one that stays."""
    return factories.lab("Lys om natten i Struer"), factories.lab("Lys om natten")


def merged(gone: Any, kept: Any, by: User, **said: Any) -> Merge:
    one, other = (Record.objects.get(pk=each.pk) for each in (gone, kept))
    told: dict[str, Any] = {
        "version": one.version,
        "into_version": other.version,
        "reason": "Det samme laboratorium.",
    }
    return actions.merge(one, other, by=by, **told | said)


def test_the_old_address_leads_to_the_kept_page_for_ever(labs: tuple[Lab, Lab], curator: User) -> None:
    """Also where that one was merged into a third; the history's address too, and the stable one."""
    gone, kept = labs
    last = factories.lab("Nattens lys")
    merged(gone, kept, curator)
    assert Client().get(gone.get_absolute_url()).status_code == 301
    merged(kept, last, curator)
    for path in (gone.get_absolute_url(), kept.get_absolute_url()):
        response = Client().get(path)
        assert (response.status_code, response["Location"]) == (301, last.get_absolute_url())
        response = Client().get(f"{path}history/")
        assert (response.status_code, response["Location"]) == (301, f"{last.get_absolute_url()}history/")
    response = Client().get(f"/id/{gone.record.public_id}")
    assert last.get_absolute_url() in (response.get("Location") or "")


def test_lists_search_and_map_show_the_kept_one_only(labs: tuple[Lab, Lab], curator: User) -> None:
    gone, kept = labs
    merged(gone, kept, curator)
    for path in ("/labs/", "/labs/?q=natten", "/search/?q=natten", "/labs/map.geojson", "/labs/feed.atom"):
        text = Client().get(path, follow=True).text
        assert "i Struer" not in text, path


def test_the_history_of_the_kept_one_tells_why_to_everybody(labs: tuple[Lab, Lab], curator: User) -> None:
    gone, kept = labs
    merged(gone, kept, curator, reason="Samme lab, to navne.")
    path = f"{kept.get_absolute_url()}history/"
    text = Client().get(path).text
    assert "Samme lab, to navne." in text
    assert "Lys om natten i Struer" in text
    own = read(Client().get(path, {"of": gone.record.public_id}))
    assert "Lys om natten i Struer" in own.one("h1").text
    assert "Samme lab, to navne." in own.text
    factories.lab("En fremmed", slug="fremmed", state="draft")
    other = Record.objects.get(slug="fremmed").public_id
    assert "En fremmed" not in Client().get(path, {"of": other}).text
    assert "revert" not in browser(curator).get(path, {"of": gone.record.public_id}).text


def test_those_behind_both_are_told(labs: tuple[Lab, Lab], curator: User) -> None:
    gone, kept = labs
    theirs, ours = factories.actor("Struer Kommune"), factories.actor("Lyslauget")
    for lab, owner, email in ((gone, theirs, "ida@struer.dk"), (kept, ours, "ole@lys.dk")):
        Lab.objects.filter(pk=lab.pk).update(owner=owner)
        factories.membership(people.person(email), owner, role="owner")
    steward = people.person("sten@example.org", language="en")
    factories.stewardship(steward, gone.record)
    done = merged(gone, kept, curator, reason="Samme lab.")
    [mail] = delivered(to="ida@struer.dk")
    assert "Lys om natten i Struer" in mail.subject
    assert "Samme lab." in mail.body
    assert kept.get_absolute_url() in mail.body
    [mail] = delivered(to="ole@lys.dk")
    assert "history" in mail.body
    [mail] = delivered(to="sten@example.org")
    assert f"/en{kept.get_absolute_url()}" in mail.body
    actions.undo(done, by=curator)
    assert len(delivered(to="ida@struer.dk")) == 2


def test_a_list_that_is_kept_shows_the_one_that_stayed(labs: tuple[Lab, Lab], curator: User) -> None:
    gone, kept = labs
    reader = people.person()
    Kept.objects.create(shortlist=Shortlist.objects.create(user=reader), record=gone.record, note="Husk")
    merged(gone, kept, curator)
    text = browser(reader).get("/shortlist/").text
    assert kept.get_absolute_url() in text
    assert "Husk" in text


def test_of_two_ties_the_confirmed_one_counts_and_two_hosts_become_one(
    labs: tuple[Lab, Lab], curator: User
) -> None:
    gone, kept = labs
    actor, host, other_host = (factories.actor(name) for name in ("Solbakken", "Værten", "Den anden vært"))
    confirmed = factories.link(gone, actor, role="research", confirmed_at="2026-01-02T00:00:00Z")
    named = factories.link(kept, actor, role="research")
    factories.link(gone, other_host, role="host")
    factories.link(kept, host, role="host")
    merged(gone, kept, curator)
    named.refresh_from_db()
    assert named.confirmed_at == Link.objects.get(pk=confirmed.pk).confirmed_at
    links = Link.objects.filter(lab=kept).order_by("pk").values_list("actor__name_da", "role", "role_said")
    assert sorted(links) == [
        ("Den anden vært", "", "partner"), ("Solbakken", "research", ""), ("Værten", "host", ""),
    ]  # fmt: skip
    kept.record.refresh_from_db()
    assert kept.record.link_count == 3


def test_the_host_of_the_other_can_be_chosen(labs: tuple[Lab, Lab], curator: User) -> None:
    gone, kept = labs
    for lab, name in ((gone, "Den rette"), (kept, "Den forkerte")):
        factories.link(lab, factories.actor(name), role="host")
    merged(gone, kept, curator, host=True)
    hosts = Link.objects.filter(lab=kept, role="host").values_list("actor__name_da", flat=True)
    assert list(hosts) == ["Den rette"]


def test_members_follow_and_an_owner_of_either_owns_both(curator: User) -> None:
    gone, kept = factories.actor("OUH"), factories.actor("Odense Universitetshospital")
    both, one = people.person(), people.person()
    factories.membership(both, gone, role="owner")
    factories.membership(both, kept, role="editor")
    factories.membership(one, gone)
    merged(gone, kept, curator)
    running = Membership.objects.running().order_by("user")
    assert list(running.values_list("user", "actor", "role")) == [
        (both.pk, kept.pk, "owner"), (one.pk, kept.pk, "editor"),
    ]  # fmt: skip


def test_a_tree_of_adoptions_moves_whole(curator: User) -> None:
    gone, kept = factories.solution("Natlys"), factories.solution("Natlyset")
    actors = [factories.actor() for _ in range(3)]
    first = factories.adoption(gone, actors[0])
    second = factories.adoption(gone, actors[1], taken_from=first)
    third = factories.adoption(gone, actors[2], taken_from=second)
    theirs = factories.adoption(kept, actors[1], confirmed_at=None)
    merged(gone, kept, curator)
    tree = {row.pk: row.taken_from_id for row in Adoption.objects.filter(solution=kept)}
    assert tree == {first.pk: None, theirs.pk: first.pk, third.pk: theirs.pk}
    assert Adoption.objects.get(pk=theirs.pk).confirmed_at == second.confirmed_at


def test_only_what_is_public_and_of_one_kind_is_merged(labs: tuple[Lab, Lab], curator: User) -> None:
    gone, kept = labs
    Record.objects.filter(pk=gone.pk).update(state=State.WITHDRAWN)
    with pytest.raises(Overtaken):
        merged(gone, kept, curator)
    assert not RecordEvent.objects.exists()


def test_merging_each_into_the_other_one_wins(labs: tuple[Lab, Lab], curator: User) -> None:
    """The second comes with the versions it has seen, and finds neither as it was."""
    one, other = labs
    seen: dict[str, Any] = {"version": one.record.version, "into_version": other.record.version}
    merged(one, other, curator)
    with pytest.raises(Overtaken):
        actions.merge(other.record, one.record, by=curator, reason="Omvendt", **seen)
    assert Merge.objects.count() == 1
    assert Record.objects.get(pk=other.pk).state == State.PUBLISHED


# Undoing


def test_undoing_leaves_what_was_changed_since_and_says_so(
    labs: tuple[Lab, Lab], curator: User, desk: Client
) -> None:
    gone, kept = labs
    Lab.objects.filter(pk=gone.pk).update(summary_da="Taget med", website="https://a.example")
    moved = factories.link(gone, factories.actor(), role="research")
    factories.trial(gone, "Forsøget")
    done = merged(gone, kept, curator, taken=["summary_da", "website"])
    Lab.objects.filter(pk=kept.pk).update(summary_da="Rettet siden")
    Link.objects.filter(pk=moved.pk).update(lab=factories.lab())
    with translation.override("da"):
        link = str(Link._meta.verbose_name_plural).capitalize()
        summary = str(Lab._meta.get_field("summary_da").verbose_name).capitalize()
    page = read(desk.get(f"/desk/merges/{done.pk}/"))
    told = [item.text for item in page.one("section", "sk-panelsec").all("li")]
    assert told == sorted([summary, link])
    response = desk.post(f"/desk/merges/{done.pk}/", {"reason": "Det var to."}, follow=True)
    assert ", ".join(told) in response.text
    kept.refresh_from_db()
    assert (kept.summary_da, kept.website) == ("Rettet siden", "")
    gone.record.refresh_from_db()
    assert (gone.record.state, gone.record.merged_into_id) == (State.PUBLISHED, None)
    assert list(gone.trials.values_list("name_da", flat=True)) == ["Forsøget"]
    verbs = RecordEvent.objects.filter(verb="merge_undone").order_by("record")
    assert list(verbs.values_list("record", "reason")) == [
        (gone.pk, "Det var to."), (kept.pk, "Det var to."),
    ]  # fmt: skip
    assert Client().get(gone.get_absolute_url()).status_code == 200
    again = desk.post(f"/desk/merges/{done.pk}/", {"reason": "Det var stadig to."})
    assert again.status_code == 409, "undone already"
    assert read(again).by_id("id_reason").text == "Det var stadig to."


def test_what_is_set_back_is_said_of_entries_as_they_stand_today(
    labs: tuple[Lab, Lab], curator: User
) -> None:
    """The owner from before, and the one from the other, were merged themselves since."""
    gone, kept = labs
    before, after, stands, other = (factories.actor(name) for name in ("Før", "Efter", "Nu", "Anden"))
    Lab.objects.filter(pk=kept.pk).update(owner=before)
    Lab.objects.filter(pk=gone.pk).update(owner=after)
    done = merged(gone, kept, curator, taken=["owner"])
    merged(before, stands, curator)
    merged(after, other, curator)
    assert Lab.objects.get(pk=kept.pk).owner_id == other.pk
    done.refresh_from_db()
    assert actions.undo(done, by=curator) == []
    assert Lab.objects.get(pk=kept.pk).owner_id == stands.pk
    assert Lab.objects.get(pk=gone.pk).owner_id == other.pk


def test_who_named_it_finds_in_their_own_history_why_it_says_another(curator: User) -> None:
    gone, kept = factories.actor("OUH"), factories.actor("Odense Universitetshospital")
    lab = factories.lab("Lys", owner=gone)
    done = merged(gone, kept, curator)
    record = Record.objects.get(pk=lab.pk)
    assert (record.version, record.reviewed_version) == (2, 2)
    event = RecordEvent.objects.get(record=lab.pk)
    assert (event.verb, event.by, event.version) == (Verb.EDITED, curator, 2)
    text = browser(curator).get(f"{lab.get_absolute_url()}history/").text
    assert event.reason in text
    assert "OUH" in event.reason
    assert event.reason not in Client().get(f"{lab.get_absolute_url()}history/").text
    actions.undo(done, by=curator)
    verbs = RecordEvent.objects.filter(record=lab.pk).order_by("pk")
    assert list(verbs.values_list("verb", "version")) == [(Verb.EDITED, 2), (Verb.EDITED, 3)]


def test_choosing_nothing_is_said_beside_the_choices_and_above(labs: tuple[Lab, Lab], desk: Client) -> None:
    path = f"/en/desk/merge/{labs[0].record.public_id}/"
    page = read(desk.post(f"{path}?q=lys"))
    assert page.one("title").text.startswith("Error:")
    [to] = page.by_id("error-summary").links
    assert page.by_id(to.removeprefix("#")).attrs["type"] == "radio"
    assert page.by_id(page.one("fieldset").attrs["aria-describedby"]).text
    nothing = read(desk.post(path))
    assert nothing.by_id("error-summary").links == ["#id_q"]


def test_a_chain_is_undone_from_its_end(labs: tuple[Lab, Lab], curator: User, desk: Client) -> None:
    gone, kept = labs
    first = merged(gone, kept, curator)
    second = merged(kept, factories.lab("Nattens lys"), curator)
    assert desk.post(f"/desk/merges/{first.pk}/").status_code == 409
    assert Merge.objects.filter(undone_at__isnull=True).count() == 2
    assert desk.post(f"/desk/merges/{second.pk}/").status_code == 302
    assert desk.post(f"/desk/merges/{first.pk}/").status_code == 302


def test_themes_are_put_together_as_far_as_five_reach(curator: User) -> None:
    themes = [factories.theme() for _ in range(6)]
    gone, kept = factories.lab(themes=themes[3:]), factories.lab(themes=themes[:3])
    done = merged(gone, kept, curator)
    rows = EntryTheme.objects.filter(record=kept.pk).order_by("order")
    assert list(rows.values_list("theme", flat=True)) == [theme.pk for theme in themes[:5]]
    actions.undo(done, by=curator)
    assert list(rows.values_list("theme", flat=True)) == [theme.pk for theme in themes[:3]]


def test_what_does_not_go_together_is_refused_and_nothing_is_done(curator: User, desk: Client) -> None:
    gone, kept = factories.lab(start_year=2030), factories.lab(ended=True, end_year=2020)
    pair = Pair.objects.create(left=gone.record, right=kept.record, certainty=60)
    response = desk.post(
        f"/desk/duplicates/{pair.pk}/",
        {
            "decision": "merge", "reason": "Det samme", "keep": "right", "version": 1, "version_right": 1,
            "take-start_year": "left",
        },
    )  # fmt: skip
    assert response.status_code == 422
    assert "lab_forwards" in response.text or "error-summary" in response.text
    assert not Merge.objects.exists()
    assert Record.objects.get(pk=gone.pk).state == State.PUBLISHED
