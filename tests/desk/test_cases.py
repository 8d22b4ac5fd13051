"""One case: what it shows, each decision and what it leaves, and two who decide at once."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Claim, Membership, Refusal
from curation import actions
from curation.choices import State
from curation.models import Entry, ReasonText, Record, RecordEvent, Suggestion
from labs.models import Lab
from tests import factories, people
from tests.pages import read
from tests.people import browser
from tests.post import delivered
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", name="Karen Kurator", is_curator=True)


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


@pytest.fixture
def author() -> User:
    return people.person("anna@aarhus.dk", name="Anna Author")


@pytest.fixture
def waiting(author: User) -> Lab:
    return factories.lab("Lys om natten", state="submitted", created_by=author, summary_da="Ro om natten.")


def at(entry: Entry, queue: str = "new") -> str:
    return f"/desk/{queue}/{entry.record.public_id}/"


def decide(desk: Client, path: str, decision: str, version: int = 1, **said: Any) -> Any:
    return desk.post(path, {"decision": decision, "version": version, **said})


def test_a_case_tells_what_is_said_and_by_whom(desk: Client, waiting: Lab) -> None:
    text = read(desk.get(at(waiting))).one("section", "sk-case").text
    for said in ("Lys om natten", "Ro om natten.", "Anna Author", "anna@aarhus.dk"):
        assert said in text


def test_publishing_shows_it_tells_the_author_and_opens_the_next(desk: Client, waiting: Lab) -> None:
    following = factories.lab("Den næste", state="submitted")
    response = decide(desk, at(waiting), "publish")
    assert response["Location"] == at(following)
    waiting.record.refresh_from_db()
    assert waiting.record.state == State.PUBLISHED
    assert waiting.record.reviewed_version == waiting.record.version == 2
    assert Client().get(waiting.get_absolute_url()).status_code == 200
    [mail] = delivered(to="anna@aarhus.dk")
    assert waiting.get_absolute_url() in mail.body
    [event] = RecordEvent.objects.filter(record=waiting.record)
    assert (event.verb, event.by and event.by.email) == ("published", "curator@example.org")
    assert "Lys om natten" in desk.get(response["Location"]).text


def test_after_the_last_one_the_list_opens(desk: Client, waiting: Lab) -> None:
    assert decide(desk, at(waiting), "publish")["Location"] == "/desk/new/"


def test_returning_needs_a_reason_which_the_author_reads(desk: Client, waiting: Lab) -> None:
    response = decide(desk, at(waiting), "return")
    assert response.status_code == 422
    assert read(response).by_id("id_reason_error")
    waiting.record.refresh_from_db()
    assert waiting.record.state == State.SUBMITTED
    decide(desk, at(waiting), "return", reason="En kilde mangler.")
    waiting.record.refresh_from_db()
    assert (waiting.record.state, waiting.record.decision) == (State.RETURNED, "En kilde mangler.")
    [mail] = delivered(to="anna@aarhus.dk")
    assert "En kilde mangler." in mail.body


def test_a_text_from_the_shelf_goes_under_what_is_typed(desk: Client, waiting: Lab) -> None:
    text = ReasonText.objects.filter(occasion="return").first()
    assert text is not None
    response = desk.post(at(waiting), {"insert": "1", "text": text.pk, "reason": "Hej Anna", "version": 1})
    assert read(response).by_id("id_reason").text == f"Hej Anna {text.text_da}"


def test_two_curators_at_once_one_wins_and_the_other_is_told(desk: Client, waiting: Lab) -> None:
    other = people.person("other@example.org", name="Otto Other", is_curator=True)
    actions.publish(waiting.record, by=other, version=1)
    response = decide(desk, at(waiting), "return", reason="Skrevet forgæves")
    page = read(response)
    assert response.status_code == 409
    assert "overtaken" in page
    assert "Otto Other" in page.by_id("case").text
    assert RecordEvent.objects.filter(record=waiting.record).count() == 1


def test_what_was_withdrawn_meanwhile_is_told_with_who_did_it(desk: Client, author: User) -> None:
    """In each list of public entries: what was typed is kept, and nothing leads to where nothing is."""
    other = people.person("other@example.org", name="Otto Other", is_curator=True)
    lab, actor = factories.lab("Åbent hus"), factories.actor("Tavs")
    Record.objects.filter(pk=lab.pk).update(version=2)
    factories.link(lab, actor, asked_at=timezone.now())
    made = Suggestion.objects.create(
        record=lab.record, base_version=1, changes={"summary_da": {"from": [""], "to": ["Nu"]}},
        passed_on_at=timezone.now(),
    )  # fmt: skip
    for entry in (lab, actor):
        entry.record.refresh_from_db()
        actions.withdraw(entry.record, by=other, version=entry.record.version, reason="Efter ønske.")
    for path, decision in (
        (at(lab, "changed"), "seen"),
        (f"/desk/suggested/{made.pk}/", "take"),
        (at(actor, "unconfirmed"), "confirm"),
    ):
        response = decide(desk, path, decision, version=2, reason="Skrevet forgæves")
        page = read(response)
        assert response.status_code == 409, path
        assert "Otto Other" in page.by_id("decided").text
        assert page.by_id("id_reason").text == "Skrevet forgæves"
        assert lab.get_absolute_url() not in page.links


def test_a_decision_about_an_older_version_is_not_taken(desk: Client, waiting: Lab) -> None:
    """The author took it back, mended it and sent it in again while the page stood open."""
    Record.objects.filter(pk=waiting.pk).update(version=3)
    response = decide(desk, at(waiting), "return", reason="Om den gamle udgave")
    assert response.status_code == 409
    assert "Om den gamle udgave" in read(response).by_id("id_reason").text
    waiting.record.refresh_from_db()
    assert waiting.record.state == State.SUBMITTED


@pytest.mark.parametrize("sent", [{}, {"decision": "burn"}, {"decision": "publish", "version": "x"}])
def test_a_decision_nobody_offers_is_refused(desk: Client, waiting: Lab, sent: dict[str, str]) -> None:
    assert desk.post(at(waiting), {"version": 1} | sent).status_code == 422


def test_new_organisations_are_published_together_with_it(desk: Client, waiting: Lab, author: User) -> None:
    ticked = factories.actor("Solbakken", state="submitted", created_by=author)
    left = factories.actor("Månebakken", state="submitted", created_by=author)
    foreign = factories.actor("Fremmed", state="submitted", created_by=people.person())
    for number, actor in enumerate((ticked, left, foreign)):
        factories.link(waiting, actor, role=("research", "users", "peer")[number])
    page = read(desk.get(at(waiting)))
    offered = [node.attrs["value"] for node in page.all("input", name="partner")]
    assert sorted(offered) == sorted(actor.record.public_id for actor in (ticked, left))
    chosen = [ticked.record.public_id, foreign.record.public_id]
    decide(desk, at(waiting), "publish", partner=chosen)
    states = {actor.pk: Record.objects.get(pk=actor.pk).state for actor in (ticked, left, foreign)}
    assert states == {ticked.pk: "published", left.pk: "submitted", foreign.pk: "submitted"}
    assert "Solbakken" in Client().get(waiting.get_absolute_url()).text


def test_the_author_becomes_owner_where_there_is_none(desk: Client, waiting: Lab, author: User) -> None:
    aarhus = factories.actor("Aarhus Kommune", email_domain="aarhus.dk")
    waiting.owner = aarhus
    waiting.save()
    assert "seat" in read(desk.get(at(waiting)))
    decide(desk, at(waiting), "publish", seat="1")
    assert Membership.objects.owners().get(actor=aarhus).user == author


def test_a_stranger_to_the_organisation_is_not_made_owner(desk: Client, waiting: Lab) -> None:
    waiting.owner = factories.actor("Odense Kommune", email_domain="odense.dk")
    waiting.save()
    assert "seat" not in read(desk.get(at(waiting)))
    decide(desk, at(waiting), "publish", seat="1")
    assert not Membership.objects.exists()


def test_what_it_may_be_already_is_shown(desk: Client, waiting: Lab) -> None:
    factories.lab("Lys om natten på Solbakken")
    assert "Solbakken" in read(desk.get(at(waiting))).one("div", "sk-dup").text


@pytest.mark.django_db(transaction=True)
def test_what_changed_is_seen_and_leaves_the_queue(desk: Client) -> None:
    lab = factories.lab("Åbent hus", summary_da="Før stod der dette.", state="submitted")
    actions.publish(lab.record, by=people.person(), version=1)

    def write() -> None:
        lab.summary_da = "Nu står der dette."
        lab.save()

    actions.edit(lab.record, by=people.person(), version=2, write=write)
    page = read(desk.get(at(lab, "changed")))
    assert [node.text for node in page.all("del")] == ["Før stod"]
    assert [node.text for node in page.all("ins")] == ["Nu står"]
    assert page.one("p", "sk-case__same").text.startswith("1 ")  # its name
    assert decide(desk, at(lab, "changed"), "seen", version=3)["Location"] == "/desk/changed/"
    lab.record.refresh_from_db()
    assert lab.record.reviewed_version == lab.record.version == 3
    assert decide(desk, at(lab, "changed"), "seen", version=3).status_code == 409


def test_a_suggestion_is_taken_field_by_field(desk: Client) -> None:
    lab = factories.lab("Åbent hus", summary_da="Før", website="https://a.dk")
    changes = {
        "summary_da": {"from": ["Før"], "to": ["Nu"]},
        "website": {"from": ["https://a.dk"], "to": ["https://b.dk"]},
    }
    made = Suggestion.objects.create(
        record=lab.record, base_version=1, changes=changes, passed_on_at=timezone.now(), reply_to="s@x.dk"
    )
    path = f"/desk/suggested/{made.pk}/"
    assert [node.attrs["value"] for node in read(desk.get(path)).all("input", name="take")]
    assert decide(desk, path, "take", take=["summary_da"])["Location"] == "/desk/suggested/"
    lab.refresh_from_db()
    made.refresh_from_db()
    assert (lab.summary_da, lab.website) == ("Nu", "https://a.dk")
    assert (made.outcome, made.reply_to) == ("partly", "")
    assert len(delivered(to="s@x.dk")) == 1
    assert decide(desk, path, "take", version=2, take=["website"]).status_code == 409


def test_a_claim_is_granted_or_declined(desk: Client, author: User) -> None:
    aarhus, odense = factories.actor("Aarhus"), factories.actor("Odense")
    granted, declined = (
        Claim.objects.create(record=actor.record, user=author, actor=actor) for actor in (aarhus, odense)
    )
    assert "anna@aarhus.dk" in desk.get(f"/desk/claimed/{granted.pk}/").text
    assert (
        decide(desk, f"/desk/claimed/{granted.pk}/", "grant")["Location"] == f"/desk/claimed/{declined.pk}/"
    )
    assert decide(desk, f"/desk/claimed/{declined.pk}/", "decline").status_code == 422
    decide(desk, f"/desk/claimed/{declined.pk}/", "decline", reason="Ingen kender Anna.")
    assert [row.actor for row in Membership.objects.owners()] == [aarhus]
    assert "Ingen kender Anna." in "".join(str(mail.body) for mail in delivered(to="anna@aarhus.dk"))
    assert decide(desk, f"/desk/claimed/{declined.pk}/", "grant").status_code == 409


@pytest.mark.parametrize(("decision", "left"), [("confirm", 1), ("remove", 0)])
def test_what_nobody_answers_for_is_settled(desk: Client, decision: str, left: int) -> None:
    lab, actor = factories.lab("Åbent hus"), factories.actor("Tavs")
    link = factories.link(lab, actor, role="research", asked_at=timezone.now())
    path = at(actor, "unconfirmed")
    response = decide(desk, path, decision, named=[lab.record.public_id], reason="Fra hjemmesiden.")
    assert response.status_code == 302
    assert actor.links.filter(pk=link.pk).count() == left
    assert Refusal.objects.filter(actor=actor).count() == 1 - left


@pytest.mark.parametrize("queue", ["new", "changed", "unconfirmed"])
def test_a_steward_reaches_only_what_they_look_after(waiting: Lab, queue: str) -> None:
    steward = people.person("steward@example.org")
    factories.stewardship(steward, factories.place())
    assert browser(steward).get(at(waiting, queue)).status_code == 404


def test_a_case_asks_the_same_beside_one_row_and_three(desk: Client, waiting: Lab) -> None:
    asked = statements(desk, at(waiting))
    for name in ("To", "Tre"):
        factories.lab(name, state="submitted")
    assert len(statements(desk, at(waiting))) == len(asked)


@pytest.mark.parametrize("letters", [4001, 200_000])
def test_a_reason_has_a_limit_and_stays_in_its_field(desk: Client, waiting: Lab, letters: int) -> None:
    response = decide(desk, at(waiting), "return", reason="x" * letters)
    assert response.status_code == 422
    assert "4000" in read(response).by_id("id_reason_error").text
    assert len(read(response).by_id("id_reason").text) == letters


def test_who_was_slower_reads_who_decided_and_keeps_the_words(desk: Client, waiting: Lab) -> None:
    other = people.person("other@example.org", name="Otto Other", is_curator=True)
    actions.return_to_author(waiting.record, by=other, version=1, reason="Først")
    page = read(decide(desk, at(waiting), "return", reason="Skrevet forgæves"))
    assert "Otto Other" in page.by_id("decided").text
    assert page.by_id("id_reason").text == "Skrevet forgæves"
    assert "error-summary" not in page
    waiting.record.refresh_from_db()
    assert waiting.record.decision == "Først"


def test_what_its_author_took_back_can_not_be_decided(desk: Client, waiting: Lab, author: User) -> None:
    actions.take_back(waiting.record, by=author)
    page = read(decide(desk, at(waiting), "publish"))
    assert "Anna Author" in page.by_id("decided").text
    waiting.record.refresh_from_db()
    assert waiting.record.state == State.DRAFT


def test_a_claim_somebody_decided_says_who(desk: Client, author: User, curator: User) -> None:
    aarhus = factories.actor("Aarhus")
    made = Claim.objects.create(record=aarhus.record, user=author, actor=aarhus)
    decide(desk, f"/desk/claimed/{made.pk}/", "grant")
    assert "Karen Kurator" in read(desk.get(f"/desk/claimed/{made.pk}/")).by_id("decided").text


def test_taking_nothing_of_a_suggestion_does_not_decline_it(desk: Client) -> None:
    lab = factories.lab("Åbent hus", summary_da="Før")
    made = Suggestion.objects.create(
        record=lab.record, base_version=1, changes={"summary_da": {"from": ["Før"], "to": ["Nu"]}},
        passed_on_at=timezone.now(),
    )  # fmt: skip
    response = decide(desk, f"/desk/suggested/{made.pk}/", "take")
    assert response.status_code == 422
    assert "error-summary" in read(response)
    made.refresh_from_db()
    assert made.outcome == "waiting"


def test_nothing_is_settled_where_nothing_was_ticked(desk: Client) -> None:
    lab, actor = factories.lab(), factories.actor("Tavs")
    factories.link(lab, actor, asked_at=timezone.now())
    assert decide(desk, at(actor, "unconfirmed"), "confirm").status_code == 422
    assert actor.links.filter(confirmed_at=None).count() == 1


def test_what_is_stale_is_settled_on_its_own_page(desk: Client, waiting: Lab) -> None:
    assert desk.get(at(waiting, "stale")).status_code == 404


@pytest.mark.parametrize("queue", ["new", "changed", "suggested", "claimed", "unconfirmed"])
def test_each_kind_of_case_asks_the_same_for_one_row_and_three(
    desk: Client, author: User, queue: str
) -> None:
    """The rows beside it and what hangs on it grow, the statements do not."""
    place = factories.place()
    state = "submitted" if queue == "new" else "published"
    lab = factories.lab("Lys", state=state, created_by=author, places=[place])
    actor = factories.actor(
        "Solbakken", created_by=author, state="submitted" if queue == "new" else "published"
    )
    Record.objects.filter(pk=lab.pk, state="published").update(version=2)

    def grow(number: int) -> str:
        factories.link(lab, actor, role=("research", "users", "peer")[number], asked_at=timezone.now())
        changes = {
            "summary_da": {"from": [""], "to": ["Nu"]},
            "website": {"from": [""], "to": ["https://b.dk"]},
        }
        made = Suggestion.objects.create(
            record=lab.record, base_version=1, changes=changes, passed_on_at=timezone.now()
        )
        claimant = people.person(f"asker{number}@example.org")
        claim = Claim.objects.create(record=actor.record, user=claimant, actor=actor)
        factories.lab(f"Nr {number}", state=state, created_by=author)
        numbers = {"suggested": made.pk, "claimed": claim.pk, "unconfirmed": actor.record.public_id}
        return f"/desk/{queue}/{numbers.get(queue, lab.record.public_id)}/"

    path = grow(0)
    asked = statements(desk, path)
    grow(1)
    grow(2)
    assert len(statements(desk, path)) == len(asked)


def test_who_is_set_aside_is_not_told_that_it_was_public(desk: Client, waiting: Lab) -> None:
    decide(desk, at(waiting), "withdraw", reason="Det er reklame.")
    [mail] = delivered(to="anna@aarhus.dk")
    assert "Det er reklame." in mail.body
    was_public = factories.lab("Åbent hus", created_by=waiting.record.created_by)
    actions.withdraw(was_public.record, by=people.person(), version=1, reason="Efter ønske.")
    assert mail.subject.replace("Lys om natten", "") != delivered()[-1].subject.replace("Åbent hus", "")
