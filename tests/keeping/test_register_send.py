"""Sending in: one entry, one mail, however often; mended and sent again when it came back."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from actors.access import standing
from actors.models import Actor, Membership
from curation.actions import publish, return_to_author
from curation.choices import State, Verb
from curation.models import Draft, Record, RecordEvent
from keeping import actions
from keeping.tasks.drafts import tidy_drafts
from labs.models import Lab, Link
from missions.models import CoalitionMember, Mission
from tests import factories as make
from tests.keeping.registering import AARHUS, LAB, NEW, WHAT, at, begun, sent, verified, whole
from tests.pages import read
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("denmark")


@pytest.fixture
def author(member: User) -> User:
    return verified(member)


def party(actor: Actor, number: int = 0, role: str = "research", side: str = "push") -> dict[str, Any]:
    row = f"parties-{number}-"
    return {f"{row}actor": actor.record.public_id, f"{row}role": role, f"{row}side": side}


def test_a_lab_is_sent_with_all_that_was_typed(as_member: Client, author: User) -> None:
    mission, partner = make.mission("Rolig nat"), make.actor("Lysforskning")
    draft = whole(
        as_member,
        what={"contact_email": "lys@example.org", "name_en": "Light and sleep"},
        why={"missions": [mission.record.public_id]},
        who=NEW | party(partner, 1),
    )
    record = sent(as_member, draft)
    assert record.state == State.SUBMITTED
    assert record.slug == "lys-og-soevn-paa-solbakken"
    assert (record.created_by, record.contact_email) == (author, "lys@example.org")
    lab = Lab.objects.get(pk=record.pk)
    assert (lab.name_en, lab.phase, lab.start_year) == ("Light and sleep", "running", 2023)
    assert lab.hallmark_daily == "På afdeling 2 og 3."
    assert (lab.latitude, lab.point_basis) == (56.15674, "kommunens hovedby")
    assert [one.theme.slug for one in record.entry_themes.order_by("order")] == ["ageing", "culture"]
    assert [one.place.code for one in record.entry_places.order_by("order")] == [AARHUS]
    links: dict[str, Any] = {str(link.actor): link for link in lab.links.filter(actor__isnull=False)}
    assert {name: (link.role, link.side, link.since) for name, link in links.items()} == {
        "Solbakken": ("host", "pull", 2023),
        "Lysforskning": ("research", "push", None),
    }
    assert [link.mission for link in lab.links.filter(mission__isnull=False)] == [mission]
    made = links["Solbakken"].actor.record
    assert (made.state, made.claimed_at, made.created_by) == (State.SUBMITTED, None, author)
    assert [place.place.code for place in made.entry_places.all()] == [AARHUS]
    assert record.claimed_at is None, "the author speaks for nobody"
    assert len(delivered(to=author.email)) == 1


def test_nothing_of_it_is_public_before_it_is_published(
    client: Client, as_member: Client, author: User
) -> None:
    record = sent(as_member, whole(as_member, who=NEW))
    assert client.get(f"/labs/{record.slug}/").status_code == 404
    assert client.get("/actors/solbakken/").status_code == 404
    for path in ("/labs/", "/search/?q=solbakken", "/register/find/lab/who/parties/?parties-find=solbakken"):
        assert "Solbakken" not in client.get(path).text.replace("q=solbakken", "")


def test_sending_twice_is_sending_once(as_member: Client, author: User) -> None:
    draft = whole(as_member, who=NEW)
    record = sent(as_member, draft)
    again = as_member.post(at(draft, "check"))
    assert again["Location"] == f"/account/entries/{record.public_id}/"
    assert actions.send(draft, by=author) == record
    assert Lab.objects.filter(name_da=WHAT["name_da"]).count() == 1
    assert Actor.objects.filter(name_da="Solbakken").count() == 1
    assert RecordEvent.objects.filter(record=record, verb=Verb.SUBMITTED).count() == 1
    assert len(delivered(to=author.email)) == 1
    assert as_member.get(at(draft, "what")).status_code == 302


def test_labs_of_one_name_get_addresses_of_their_own(as_member: Client, author: User) -> None:
    make.lab(WHAT["name_da"])
    record = sent(
        as_member, whole(as_member, what={"passed": [Record.objects.get(name_da=WHAT["name_da"]).public_id]})
    )
    assert record.slug == "lys-og-soevn-paa-solbakken-2"


def test_a_stranger_is_led_to_log_in_and_back(client: Client) -> None:
    draft = whole(client)
    page = read(client.get(at(draft, "check")))
    back = f"?next={at(draft, 'check')}"
    assert [link for link in page.links if link.endswith(back)]
    assert not page.all("button", type="submit")
    client.post(at(draft, "check"))
    assert not Lab.objects.filter(name_da=WHAT["name_da"]).exists()


def test_an_address_that_is_not_shown_to_be_ones_own_is_not_enough(as_member: Client, member: User) -> None:
    draft = whole(as_member)
    assert "/account/email/" in read(as_member.get(at(draft, "check"))).links
    as_member.post(at(draft, "check"))
    assert not Lab.objects.filter(name_da=WHAT["name_da"]).exists()


def test_what_is_missing_is_listed_with_the_way_there(as_member: Client, author: User) -> None:
    draft = begun(as_member, {**WHAT, "summary_da": ""}, to="why")
    page = read(as_member.get(at(draft, "check")))
    links = page.by_id("error-summary").links
    assert f"{at(draft, 'what')}?check=1#f-summary_da" in links
    assert f"{at(draft, 'why')}?check=1#f-themes-find" in links
    assert as_member.post(at(draft, "check")).status_code == 200
    with pytest.raises(actions.Unfinished):
        actions.send(draft, by=author)
    assert not Record.objects.filter(created_by=author).exists()


def test_an_owner_one_speaks_for_has_claimed_and_confirmed_it(as_member: Client, author: User) -> None:
    own = make.actor("Eksempel", email_domain="example.org")
    row = {"owner-0-actor": own.record.public_id}
    record = sent(as_member, whole(as_member, what=row, who=party(own)))
    lab = Lab.objects.get(pk=record.pk)
    assert lab.owner == own
    assert record.claimed_at is not None
    assert record.confirmed_at is not None
    assert Link.objects.get(lab=lab, actor=own).confirmed_at is not None
    assert RecordEvent.objects.get(record=record, verb=Verb.SUBMITTED).organisation == own.record


def test_a_new_owner_that_also_hosts_is_made_once(as_member: Client, author: User) -> None:
    row = {"owner-0-name": "Solbakken", "owner-0-type": "municipal_unit", "owner-0-place": AARHUS}
    record = sent(as_member, whole(as_member, what=row, who=NEW))
    made = Actor.objects.get(name_da="Solbakken")
    assert Lab.objects.get(pk=record.pk).owner == made
    assert Link.objects.get(lab=record.pk).actor == made


def test_what_came_back_is_mended_in_the_same_steps(as_member: Client, author: User, admin: User) -> None:
    draft = whole(as_member, who=NEW)
    record = sent(as_member, draft)
    return_to_author(record, by=admin, version=record.version, reason="Skriv, hvem der er vært.")
    page = as_member.get(at(draft, "who"))
    assert "Skriv, hvem der er vært." in page.text
    assert "Solbakken" in page.text
    as_member.post(
        at(draft, "what"),
        {**WHAT, "name_da": "Lys på Solbakken", "page-window": "w", "seen": ""}
        | {"seen": seen(draft, "what")},
    )
    again = sent(as_member, draft)
    assert again.pk == record.pk
    assert again.slug == "lys-og-soevn-paa-solbakken", "an address stays"
    assert Lab.objects.get(pk=record.pk).name_da == "Lys på Solbakken"
    assert Actor.objects.filter(name_da="Solbakken").count() == 1
    assert Link.objects.filter(lab=record.pk).count() == 1
    assert len(delivered(to=author.email)) == 3


def seen(draft: Draft, step: str) -> str:
    draft.refresh_from_db()
    return str(draft.typed[step]["page-window"][0])


def test_a_published_entry_needs_no_draft(as_member: Client, author: User, admin: User) -> None:
    draft = whole(as_member)
    record = sent(as_member, draft)
    publish(record, by=admin, version=record.version)
    tidy_drafts(timestamp=0)
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert Record.objects.get(pk=record.pk).is_public


ACTOR: dict[str, dict[str, Any]] = {
    "what": {"name_da": "Center for Lys", "type": "research_group", "places": [AARHUS]},
    "known": {"own": "yes", "cvr": "55 13 30 18", "ror": "", "email_domain": "example.org"},
}


def actor_draft(client: Client, **known: str) -> Draft:
    draft = begun(client, ACTOR["what"], kind="actor")
    client.post(at(draft, "known"), ACTOR["known"] | known)
    draft.refresh_from_db()
    return draft


def test_whoever_registers_an_organisation_of_their_own_owns_it(as_member: Client, author: User) -> None:
    record = sent(as_member, actor_draft(as_member))
    actor = Actor.objects.get(pk=record.pk)
    assert (actor.cvr, actor.side, actor.email_domain) == ("55133018", "push", "example.org")
    assert standing(author).owns(actor.pk)
    assert record.claimed_at is not None


def test_whoever_registers_one_of_others_does_not(as_member: Client, author: User) -> None:
    record = sent(as_member, actor_draft(as_member, own="no"))
    assert not Membership.objects.filter(actor=record.pk).exists()
    assert record.claimed_at is None


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("cvr", "55133019"), ("ror", "01aj84f45"), ("email_domain", "gmail.com"), ("email_domain", "kk.dk"),
        ("email_domain", "not a domain"), ("own", ""), ("own", "maybe"), ("contact_email", "nobody"),
    ],
)  # fmt: skip
def test_what_an_organisation_is_known_by_is_checked(
    as_member: Client, author: User, field: str, wrong: str
) -> None:
    draft = actor_draft(as_member, **{field: wrong})
    links = read(as_member.get(at(draft, "check"))).by_id("error-summary").links
    assert len(links) == 1
    assert links[0].split("#")[1].startswith(f"f-{field}")


def test_a_mission_is_sent(as_member: Client, author: User) -> None:
    what = {"name_da": "Ingen hjemløse", "summary_da": "I 2030.", "level": "municipal", "places": [AARHUS]}
    draft = begun(as_member, what, kind="mission")
    as_member.post(
        at(draft, "why"), {"themes": ["ageing"], "target_year": "2030", "decided_on": "12.03.2026"}
    )
    as_member.post(at(draft, "who"), NEW)
    record = sent(as_member, draft)
    mission = Mission.objects.get(pk=record.pk)
    assert (mission.level, mission.target_year, str(mission.decided_on)) == ("municipal", 2030, "2026-03-12")
    assert CoalitionMember.objects.get(mission=mission).actor.name_da == "Solbakken"


def test_adopting_takes_nobody_elses(client: Client, member: User, admin: User) -> None:
    mine, theirs = begun(client), begun(Client())
    Draft.objects.filter(pk=theirs.pk).update(user=admin)
    assert actions.adopt([mine.key, theirs.key], by=member) == 1
    assert Draft.objects.get(pk=theirs.pk).user == admin


def test_everything_read_back_is_what_was_typed(as_member: Client, author: User) -> None:
    page = read(as_member.get(at(whole(as_member, who=NEW), "check")))
    assert "error-summary" not in page
    for words in (WHAT["name_da"], "Aarhus", LAB["why"]["purpose_da"], "Solbakken", "2023"):
        assert words in page.text
