"""Every address there is: public on purpose or closed to strangers, strict about methods and headers."""

import re

import pytest
from django.test import Client

from tests.pages import read
from tests.routes import routes

pytestmark = pytest.mark.usefixtures("denmark")

PUBLIC = {
    "livez", "readyz", "account_login",
    "ecosystem:home", "ecosystem:search", "ecosystem:about", "ecosystem:was", "ecosystem:privacy",
    "places:index", "places:place", "curation:themes", "curation:theme",
    "labs:browse", "labs:map", "labs:lab",
    "actors:browse", "actors:map", "actors:actor",
    "missions:browse", "missions:map", "missions:mission",
    "keeping:register", "keeping:begin", "keeping:find", "keeping:roles",
    "keeping:history", "keeping:suggest", "keeping:suggest_section", "keeping:suggest_in_words",
    "keeping:suggest_thanks", "keeping:find_heir",
}  # fmt: skip
# Open to strangers, but there is no such draft and no such mail.
NOTHING_THERE = {
    "keeping:draft": 404, "keeping:step": 404, "keeping:check": 404, "keeping:preview": 404,
    "keeping:later": 404, "keeping:resume_draft": 410, "keeping:still_right": 404,
    "keeping:still_right_change": 404, "keeping:still_right_ended": 404, "keeping:named": 404,
}  # fmt: skip
BY_MAIL = {
    "keeping:still_right", "keeping:still_right_change", "keeping:still_right_ended", "keeping:named",
}  # fmt: skip
POSTED = {
    "keeping:take_back", "keeping:confirm", "keeping:give", "keeping:change_role",
    "keeping:withdraw_invitation", "desk:remove_text",
}  # fmt: skip
MEMBERS_ONLY = POSTED | {
    "accounts:again", "accounts:settings", "accounts:data", "accounts:export", "accounts:erase",
    "keeping:home", "keeping:entry", "keeping:people", "keeping:end_membership", "keeping:invitation",
    "keeping:invited", "keeping:claim", "keeping:edit", "keeping:edit_section", "keeping:end",
    "keeping:resume", "keeping:withdraw", "keeping:revert", "keeping:suggestion", "keeping:named_actor",
    "desk:desk", "desk:queue", "desk:case", "desk:texts", "desk:new_text", "desk:text", "desk:stewards",
    "desk:end_stewardship",
}  # fmt: skip
# Pages that take what is sent; what each role gets for it stands in test_permissions.py.
FORMS = POSTED | {
    "account_login", "accounts:settings", "accounts:erase", "keeping:begin", "keeping:step", "keeping:check",
    "keeping:later", "keeping:resume_draft", "keeping:people", "keeping:end_membership",
    "keeping:invitation", "keeping:invited", "keeping:claim", "keeping:edit_section", "keeping:end",
    "keeping:resume", "keeping:withdraw", "keeping:revert", "keeping:suggest_section",
    "keeping:suggest_in_words", "keeping:suggestion", "keeping:still_right", "keeping:still_right_change",
    "keeping:still_right_ended", "keeping:named", "keeping:named_actor", "desk:case", "desk:new_text",
    "desk:text", "desk:stewards", "desk:end_stewardship",
}  # fmt: skip
SLUGS = {
    "places:place": "0101",
    "curation:theme": "energy",
    "actors:actor": "aarhus-universitet",
    "missions:mission": "inno-ccus",
    "keeping:people": "aarhus-universitet",
    "keeping:named_actor": "aarhus-universitet",
}
PARTS = {
    "<kind:kind>": "labs", "<slug:kind>": "lab", "<slug:section>": "what", "<slug:step>": "who",
    "<slug:field>": "parties", "<slug:queue>": "new", "<int:number>": "1", "<int:moment>": "1",
}  # fmt: skip


def address(name: str, pattern: str) -> str:
    """An address of this route; where it names what only a member's browser holds, there is no such thing."""
    for part, value in PARTS.items():
        pattern = pattern.replace(part, value)
    if name in SLUGS:
        return re.sub(r"<slug:\w+>", SLUGS[name], pattern)
    pattern = pattern.replace("<slug:slug>", "doll-living-lab")
    return re.sub(r"<\w+:\w+>", "none", pattern)


UNPREFIXED = ("livez", "readyz")


def is_ours(name: str) -> bool:
    """Whether a page is of this project; of the library's the one that everybody meets is walked too."""
    return ":" in name or name in UNPREFIXED or name == "account_login"


ROUTES = {name: address(name, pattern) for name, pattern in routes() if is_ours(name)}
IN_BOTH_LANGUAGES = sorted(
    [*ROUTES.items(), *((name, f"/en{path}") for name, path in ROUTES.items() if name not in UNPREFIXED)]
)
each = pytest.mark.parametrize(("name", "path"), IN_BOTH_LANGUAGES)


def test_every_route_is_listed_on_purpose() -> None:
    assert set(ROUTES) == PUBLIC | NOTHING_THERE.keys() | MEMBERS_ONLY


@each
def test_a_route_is_public_or_leads_a_stranger_to_log_in(client: Client, name: str, path: str) -> None:
    response = client.get(path)
    if name in PUBLIC:
        assert response.status_code == 200
    elif name in NOTHING_THERE:
        assert response.status_code == NOTHING_THERE[name]
    else:
        login = "/en/account/login/" if path.startswith("/en/") else "/account/login/"
        assert (response.status_code, response["Location"]) == (302, f"{login}?next={path}")


@each
@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH"])
def test_methods_nobody_uses_are_refused(as_member: Client, name: str, path: str, method: str) -> None:
    if ":" in name or method in ("TRACE", "CONNECT"):  # the library's answer PUT as POST
        assert as_member.generic(method, path).status_code == 405


@each
def test_pages_for_reading_refuse_writing(as_member: Client, name: str, path: str) -> None:
    if name not in FORMS:
        assert as_member.post(path, {"name": "x"}).status_code == 405


def test_logging_out_needs_a_form(as_member: Client) -> None:
    (form,) = read(as_member.get("/account/logout/")).one("main").all("form")
    assert as_member.get("/account/").status_code == 200
    assert as_member.post(form.attrs["action"]).status_code == 302
    assert as_member.get("/account/").status_code == 302


@each
def test_headers_are_strict(client: Client, name: str, path: str) -> None:
    response = client.get(path)
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    own = ("script-src", "style-src", "img-src", "font-src", "connect-src")
    assert {policy[part] for part in own} == {"'self'"}
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    # Forms behind the links of mails must be able to say where they come from.
    assert response["Referrer-Policy"] == ("strict-origin" if name in BY_MAIL else "same-origin")
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


@each
def test_a_reader_gets_no_cookie(client: Client, name: str, path: str) -> None:
    cookies = set(client.get(path).cookies)
    assert cookies <= ({"csrftoken"} if name in FORMS else set())


@each
def test_nothing_stands_inline_and_nothing_comes_from_elsewhere(client: Client, name: str, path: str) -> None:
    text = client.get(path).text
    for forbidden in (" style=", " onclick=", " onload=", "<style", "javascript:", ' src="http', ' src="//'):
        assert forbidden not in text
    assert text.count("<script") == text.count("<script src=") + text.count('type="application/json"')


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
