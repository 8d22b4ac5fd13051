"""Every address there is: public on purpose or closed to strangers, strict about methods and headers."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.pages import read
from tests.routes import routes

pytestmark = pytest.mark.usefixtures("denmark")

PUBLIC = {
    "livez", "readyz", "account_login",
    "ecosystem:home", "ecosystem:map", "ecosystem:search", "ecosystem:about", "ecosystem:was",
    "ecosystem:missing", "ecosystem:missing_thanks", "ecosystem:partners",
    "ecosystem:privacy", "ecosystem:barometer", "ecosystem:barometer_csv",
    "keeping:reuse",
    "network:place", "network:place_svg", "network:place_csv",
    "network:entry", "network:entry_svg", "network:entry_csv",
    "places:index", "places:place", "places:counted", "places:focus",
    "places:missing", "places:who", "shifts:place", "shifts:mission", "curation:themes", "curation:theme",
    "labs:browse", "labs:map", "labs:lab", "trials:browse", "trials:map", "trials:trial",
    "solutions:browse", "solutions:map", "solutions:solution",
    "reuse:spread", "reuse:svg", "reuse:csv",
    "opendata:robots", "opendata:sitemap", "opendata:sitemap_part", "feeds:feed", "api:description",
    "exports:csv", "exports:xlsx", "exports:geojson", "data:data",
    "opendata:catalog_jsonld", "opendata:catalog_ttl", "opendata:murmurations_index",
    "embed:builder", "embed:map", "embed:list", "embed:place",
    "api:labs", "api:actors", "api:missions", "api:needs", "api:offers", "api:trials", "api:solutions",
    "api:labs_geojson", "api:actors_geojson", "api:missions_geojson", "api:needs_geojson",
    "api:offers_geojson", "api:trials_geojson", "api:solutions_geojson", "api:links", "api:members",
    "api:relations", "api:responses", "api:partners", "api:adoptions", "api:values", "api:learnings",
    "api:beginning", "api:assessments", "api:themes", "api:places", "api:barometer", "api:balance",
    "api:figures", "reference:page",
    "actors:browse", "actors:map", "actors:actor",
    "missions:browse", "missions:map", "missions:mission",
    "needs:browse", "needs:map", "needs:need", "offers:browse", "offers:map", "offers:offer",
    "keeping:register", "keeping:begin", "keeping:find", "keeping:roles",
    "keeping:history", "keeping:suggest", "keeping:suggest_section", "keeping:suggest_in_words",
    "keeping:suggest_thanks", "keeping:find_heir", "outreach:write", "outreach:written",
    "outreach:shortlist", "outreach:shortlist_csv", "outreach:kept", "outreach:compare",
}  # fmt: skip
# Open to strangers, but there is no such draft and no such mail.
NOTHING_THERE = {
    "opendata:jsonld": 404, "opendata:murmurations": 404, "opendata:oembed": 400, "embed:card": 404,
    "dumps:newest": 404, "dumps:dump": 404, "dumps:checksum": 404,
    "opendata:stable": 404, "api:lab": 404, "api:actor": 404, "api:mission": 404, "api:need": 404,
    "api:offer": 404, "api:trial": 404, "api:solution": 404,
    "api:lab_geojson": 404, "api:lab_related": 404, "api:actor_geojson": 404, "api:actor_related": 404,
    "api:mission_geojson": 404, "api:mission_related": 404, "api:need_geojson": 404,
    "api:need_related": 404, "api:offer_geojson": 404, "api:offer_related": 404, "api:trial_geojson": 404,
    "api:trial_related": 404, "api:solution_geojson": 404, "api:solution_related": 404,
    "api:lab_by_their_id": 401, "api:actor_by_their_id": 401, "api:mission_by_their_id": 401,
    "api:need_by_their_id": 401, "api:offer_by_their_id": 401, "api:trial_by_their_id": 401,
    "api:solution_by_their_id": 401, "api:suggestion": 401,
    "ecosystem:barometer_svg": 404,
    "keeping:mirror_by_link": 404,
    "outreach:enquiry_confirm": 404, "outreach:enquiry_asked": 404, "outreach:enquiry_asked_decline": 404,
    "outreach:enquiry_asked_came": 404, "outreach:enquiry_sender": 404, "outreach:enquiry_sender_came": 404,
    "keeping:adoption": 404, "labs:mirror": 404, "labs:mirror_on": 404,
    "keeping:draft": 404, "keeping:step": 404, "keeping:check": 404, "keeping:preview": 404,
    "keeping:later": 404, "keeping:resume_draft": 410, "keeping:still_right": 404,
    "keeping:still_right_change": 404, "keeping:still_right_ended": 404, "keeping:named": 404,
    "keeping:renew_by_token": 404, "outreach:stop_searches": 404, "desk:stop_weekly": 404,
    "outreach:keep": 404,
    "outreach:shared": 404, "outreach:note": 405, "outreach:share": 405,
}  # fmt: skip
BY_MAIL = {
    "keeping:mirror_by_link",
    "outreach:enquiry_confirm", "outreach:enquiry_asked", "outreach:enquiry_asked_decline",
    "outreach:enquiry_asked_came", "outreach:enquiry_sender", "outreach:enquiry_sender_came",
    "keeping:still_right", "keeping:still_right_change", "keeping:still_right_ended", "keeping:named",
    "keeping:renew_by_token", "outreach:stop_searches", "desk:stop_weekly",
}  # fmt: skip
POSTED = {
    "keeping:mirror_ask",
    "outreach:enquiry_pass_on",
    "keeping:take_up_adoption", "keeping:confirm_adoption",
    "keeping:take_back", "keeping:confirm", "keeping:give", "keeping:change_role",
    "keeping:withdraw_invitation", "desk:remove_text", "desk:remove_words",
    "desk:import_rows", "desk:apply_import", "desk:drop_import",
    "desk:weekly", "desk:come_back", "desk:stand_in_no_more",
    "outreach:see_search", "outreach:stop_search", "outreach:forget_search",
    "opendata_account:test_webhook", "opendata_account:send_again",
}  # fmt: skip
MEMBERS_ONLY = POSTED | {
    "keeping:mirror", "keeping:mirror_run", "keeping:mirror_finish", "keeping:mirror_drop",
    "keeping:mirror_show", "keeping:mirror_sheet",
    "desk:misses", "desk:miss", "desk:words", "desk:new_words", "desk:word",
    "desk:entry_stewards", "desk:steward", "desk:be_away", "desk:hand_over_all", "desk:absence",
    "desk:workload", "desk:quality", "desk:quality_entries",
    "desk:imports", "desk:new_import", "desk:import_example", "desk:import", "desk:import_columns",
    "desk:revert_import", "desk:bulks", "desk:choose_bulk", "desk:bulk",
    "desk:merges", "desk:merge", "desk:merge_with",
    "keeping:adopt", "keeping:find_in_adopting", "keeping:change_adoption", "keeping:end_adoption",
    "keeping:decline_adoption",
    "outreach:enquiries", "outreach:enquiry", "outreach:enquiry_decline", "outreach:enquiry_came",
    "outreach:searches", "outreach:save_search", "outreach:search",
    "opendata_account:tokens", "opendata_account:make_token", "opendata_account:revoke_token",
    "opendata_account:webhooks", "opendata_account:make_webhook", "opendata_account:webhook",
    "opendata_account:webhook_secret", "opendata_account:end_webhook",
    "accounts:again", "accounts:settings", "accounts:data", "accounts:export", "accounts:erase",
    "keeping:home", "keeping:entry", "keeping:people", "keeping:end_membership", "keeping:invitation",
    "keeping:learn", "keeping:correct_learning", "keeping:take_back_learning",
    "keeping:invited", "keeping:claim", "keeping:edit", "keeping:edit_section", "keeping:end",
    "keeping:resume", "keeping:withdraw", "keeping:revert", "keeping:suggestion", "keeping:named_actor",
    "keeping:story", "keeping:couple", "keeping:answer", "keeping:renew", "desk:desk", "desk:queue",
    "desk:case", "desk:texts", "desk:new_text", "desk:text", "desk:stewards", "desk:end_stewardship",
}  # fmt: skip
# Pages that take what is sent; what each role gets for it stands in test_permissions.py.
FORMS = POSTED | {
    "keeping:mirror", "keeping:mirror_finish", "keeping:mirror_drop", "keeping:mirror_show",
    "keeping:mirror_sheet", "keeping:mirror_by_link",
    "desk:entry_stewards", "desk:be_away", "desk:hand_over_all", "desk:absence", "desk:stop_weekly",
    "desk:new_import", "desk:import_columns", "desk:revert_import", "desk:merge", "desk:merge_with",
    "ecosystem:missing", "desk:miss", "desk:new_words", "desk:word", "desk:choose_bulk", "desk:bulk",
    "keeping:adopt", "keeping:change_adoption", "keeping:end_adoption", "keeping:decline_adoption",
    "outreach:write", "outreach:enquiry", "outreach:enquiry_decline", "outreach:enquiry_came",
    "outreach:enquiry_confirm", "outreach:enquiry_asked", "outreach:enquiry_asked_decline",
    "outreach:enquiry_asked_came", "outreach:enquiry_sender", "outreach:enquiry_sender_came",
    "outreach:save_search", "outreach:search", "outreach:stop_searches",
    "opendata_account:make_token", "opendata_account:revoke_token", "opendata_account:make_webhook",
    "opendata_account:webhook", "opendata_account:webhook_secret", "opendata_account:end_webhook",
    "account_login", "accounts:settings", "accounts:erase", "keeping:begin", "keeping:step", "keeping:check",
    "keeping:later", "keeping:resume_draft", "keeping:people", "keeping:end_membership",
    "keeping:invitation", "keeping:invited", "keeping:claim", "keeping:edit_section", "keeping:end",
    "keeping:resume", "keeping:withdraw", "keeping:revert", "keeping:suggest_section",
    "keeping:couple", "keeping:story", "keeping:answer", "keeping:renew", "keeping:renew_by_token",
    "keeping:learn", "keeping:correct_learning", "keeping:take_back_learning",
    "outreach:keep", "outreach:note", "outreach:share",
    "keeping:suggest_in_words", "keeping:suggestion", "keeping:still_right", "keeping:still_right_change",
    "keeping:still_right_ended", "keeping:named", "keeping:named_actor", "desk:case", "desk:new_text",
    "desk:text", "desk:stewards", "desk:end_stewardship",
}  # fmt: skip
# What stands in frames on other people's pages.
FRAMED = {"embed:map", "embed:list", "embed:card", "embed:place"}
SLUGS = {
    "feeds:feed": "labs",
    "exports:csv": "labs",
    "exports:xlsx": "labs",
    "exports:geojson": "labs",
    "embed:list": "labs",
    "embed:place": "0101",
    "places:place": "0101",
    "api:balance": "0101",
    "api:figures": "0101",
    "places:counted": "0101",
    "places:focus": "0101",
    "shifts:place": "0101",
    "shifts:mission": "inno-ccus",
    "places:missing": "0101",
    "places:who": "0101",
    "keeping:story": "0101",
    "network:place": "0101",
    "network:place_svg": "0101",
    "network:place_csv": "0101",
    "curation:theme": "energy",
    "actors:actor": "aarhus-universitet",
    "missions:mission": "inno-ccus",
    "needs:need": "biologisk-lys-paa-plejehjem",
    "offers:offer": "anvendt-it-forskning-og-digital-raadgivning",
    "trials:trial": "maalere-i-affaldsspande",
    "solutions:solution": "fribusser-i-slagelse",
    "reuse:spread": "fribusser-i-slagelse",
    "reuse:svg": "fribusser-i-slagelse",
    "reuse:csv": "fribusser-i-slagelse",
    "keeping:reuse": "aarhus-universitet",
    "keeping:people": "aarhus-universitet",
    "keeping:named_actor": "aarhus-universitet",
}
PARTS = {
    "<kind:kind>": "labs", "<slug:kind>": "lab", "<slug:section>": "what", "<slug:step>": "who",
    "<slug:field>": "parties", "<slug:queue>": "new", "<int:number>": "1", "<int:moment>": "1",
    "<uuid:delivery>": "00000000-0000-0000-0000-000000000000",
}  # fmt: skip


def address(name: str, pattern: str) -> str:
    """An address of this route; where it names what only a member's browser holds, there is no such thing."""
    for part, value in PARTS.items():
        pattern = pattern.replace(part, value)
    if name in SLUGS:
        return re.sub(r"<slug:\w+>", SLUGS[name], pattern)
    pattern = pattern.replace("<slug:slug>", "doll-living-lab")
    return re.sub(r"<\w+:\w+>", "none", pattern)


# For machines: an address has no language, and a list of many is no address of one.
UNPREFIXED = ("livez", "readyz")
FOR_MACHINES = ("opendata:", "api:", "dumps:")


def is_ours(name: str) -> bool:
    """Whether a page is of this project; of the library's the one that everybody meets is walked too."""
    return ":" in name or name in UNPREFIXED or name == "account_login"


def without_language(name: str) -> bool:
    return name in UNPREFIXED or name.startswith(FOR_MACHINES)


ROUTES = {name: address(name, pattern) for name, pattern in routes() if is_ours(name)}
IN_BOTH_LANGUAGES = sorted(
    [*ROUTES.items(), *((name, f"/en{path}") for name, path in ROUTES.items() if not without_language(name))]
)
each = pytest.mark.parametrize(("name", "path"), IN_BOTH_LANGUAGES)


def test_every_route_is_listed_on_purpose() -> None:
    assert set(ROUTES) == PUBLIC | NOTHING_THERE.keys() | MEMBERS_ONLY


@each
def test_what_a_stranger_gets(client: Client, name: str, path: str) -> None:
    """A page or the way to log in, with strict headers, no cookie and nothing inline."""
    response = client.get(path)
    check_access(response, name, path)
    check_headers(response, name)
    assert set(response.cookies) <= ({"csrftoken"} if name in FORMS else set())
    if not response.streaming:  # a file to take away
        check_text(response.text)


def check_access(response: Any, name: str, path: str) -> None:
    if name in PUBLIC:
        assert response.status_code == 200
    elif name in NOTHING_THERE:
        assert response.status_code == NOTHING_THERE[name]
    else:
        login = "/en/account/login/" if path.startswith("/en/") else "/account/login/"
        assert (response.status_code, response["Location"]) == (302, f"{login}?next={path}")


def check_headers(response: Any, name: str) -> None:
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    own = ("script-src", "style-src", "img-src", "font-src", "connect-src")
    assert {policy[part] for part in own} == {"'self'"}
    assert policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == ("*" if name in FRAMED else "'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.get("X-Frame-Options") == (None if name in FRAMED else "DENY")
    # Forms behind the links of mails must be able to say where they come from.
    assert response["Referrer-Policy"] == ("strict-origin" if name in BY_MAIL else "same-origin")
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


def check_text(text: str) -> None:
    """Nothing stands inline, and nothing comes from elsewhere."""
    text = re.sub(r"<textarea[^>]*>.*?</textarea>", "", text, flags=re.DOTALL)  # code to read is text
    for forbidden in (" style=", " onclick=", " onload=", "<style", "javascript:", ' src="http', ' src="//'):
        assert forbidden not in text
    data = text.count('type="application/json">') + text.count('type="application/ld+json">')
    assert text.count("<script") == text.count("<script src=") + data


@pytest.mark.parametrize("method", ["TRACE", "CONNECT"])
def test_methods_no_server_needs_are_refused_everywhere(as_member: Client, method: str) -> None:
    """The others are walked with every role in test_permissions.py."""
    refused = {path: as_member.generic(method, path).status_code for path in ROUTES.values()}
    assert set(refused.values()) == {405}


def test_logging_out_needs_a_form(as_member: Client) -> None:
    (form,) = read(as_member.get("/account/logout/")).one("main").all("form")
    assert as_member.get("/account/").status_code == 200
    assert as_member.post(form.attrs["action"]).status_code == 302
    assert as_member.get("/account/").status_code == 302


@pytest.mark.parametrize("path", ["/admin/", "/admin/curation/record/", "/admin/accounts/user/1/change/"])
def test_the_administration_is_closed(client: Client, as_member: Client, path: str) -> None:
    for visitor in (client, as_member):
        response = visitor.get(path)
        assert response.status_code == 302
        assert "/login/" in response["Location"]


@pytest.mark.parametrize("path", ["/nowhere/", "/en/nowhere/", "/labs/no/", "/places/9999/", "/themes/x/"])
def test_what_does_not_exist_says_so_in_its_language(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert f'<html lang="{"en" if path.startswith("/en/") else "da"}">' in response.text
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies
