"""Every page for logging in and for one's account: in our look, whole, and in one language."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from accounts.models import User
from config import oidc
from tests.accounts.logging_in import PASSWORD, code_from_mail, log_in
from tests.pages import Node, read
from tests.people import address, person
from tests.routes import routes
from tests.statements import statements

KEY = 100_000
ANNA, NEW = "anna@example.org", "new@example.org"
HOUSE = {
    "id": "house", "name": "Kommunen", "client_id": "a", "client_secret": "b",
    "server_url": "https://x.example",
}  # fmt: skip
OF_ALLAUTH = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")
# Answers for programs, and pages whose state the tests beside this one reach.
NO_PAGES = {
    "mfa_login_webauthn": "JSON for the browser",
    "mfa_download_recovery_codes": "a file",
    "openid_connect_callback": "leads on (test_oidc)",
    "socialaccount_login_error": "shown where one comes back to (test_oidc_refused)",
    "socialaccount_signup": "after a provider's answer (test_oidc)",
    "mfa_reauthenticate_webauthn": "with a key in a browser (tests/journeys)",
}
# Words that stand on a Danish page only if somebody forgot to translate them.
ENGLISH = re.compile(
    r"\b(the|you|your|password|sign|enter|please|address|addresses|and|with|email address|log in|account|"
    r"this|that|is|are|been|code was|key|keys|remove|change|confirm|cancel|save|add|codes)\b",
    re.IGNORECASE,
)
type Reach = Callable[[Client, str], Any]

pytestmark = pytest.mark.usefixtures("empty", "opening_keeps_sessions")


@pytest.fixture(autouse=True)
def anna(db: None, settings: Settings) -> User:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc.apps([HOUSE])}}
    return person(ANNA, password=PASSWORD, name="Anna And")


# How each page is reached


def anybody(client: Client, path: str) -> Any:
    return client.get(path)


def logged_in(client: Client, path: str) -> Any:
    log_in(client, ANNA)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client.get(path)


def after(start: str, sent: dict[str, str], code_to: str = "") -> Reach:
    """A page behind a form, or behind the code that the form has mailed."""

    def reach(client: Client, path: str) -> Any:
        client.post(reverse(start), sent)
        if code_to:
            confirm = reverse("account_confirm_password_reset_code")
            client.get(confirm)
            client.post(confirm, {"code": code_from_mail(code_to)})
        return client.get(path)

    return reach


def protected(client: Client, path: str) -> Any:
    logged_in(client, "/account/2fa/")
    anna = User.objects.get(email=ANNA)
    TOTP.activate(anna, generate_totp_secret())
    RecoveryCodes.activate(anna)
    Authenticator.objects.create(pk=KEY, user=anna, type="webauthn", data={"name": "Telefon"})
    return client.get(path)


def second_step(client: Client, path: str) -> Any:
    TOTP.activate(User.objects.get(email=ANNA), generate_totp_secret())
    log_in(client, ANNA)
    return client.get(path)


def without_password(client: Client, path: str) -> Any:
    log_in(client, ANNA)
    anna = User.objects.get(email=ANNA)
    anna.set_unusable_password()
    anna.save()
    client.force_login(anna)
    return client.get(path)


MAILED = {"email": ANNA}
PAGES: dict[str, Reach] = {
    "account_login": anybody,
    "account_signup": anybody,
    "account_request_login_code": anybody,
    "account_reset_password": anybody,
    "account_inactive": anybody,
    "account_password_reset_completed": anybody,
    "socialaccount_login_cancelled": anybody,
    "openid_connect_login": anybody,
    "account_confirm_login_code": after("account_request_login_code", MAILED),
    "account_email_verification_sent": after("account_signup", {"email": NEW, "password1": PASSWORD}),
    "account_confirm_password_reset_code": after("account_reset_password", MAILED),
    "account_complete_password_reset": after("account_reset_password", MAILED, ANNA),
    "account_logout": logged_in,
    "account_email": logged_in,
    "account_change_password": logged_in,
    "account_set_password": without_password,
    "account_reauthenticate": logged_in,
    "usersessions_list": logged_in,
    "socialaccount_connections": logged_in,
    "mfa_index": protected,
    "mfa_authenticate": second_step,
    "mfa_reauthenticate": protected,
    "mfa_activate_totp": logged_in,
    "mfa_deactivate_totp": protected,
    "mfa_view_recovery_codes": protected,
    "mfa_generate_recovery_codes": protected,
    "mfa_list_webauthn": protected,
    "mfa_add_webauthn": logged_in,
    "mfa_edit_webauthn": protected,
    "mfa_remove_webauthn": protected,
}
ARGS: dict[str, list[Any]] = {
    "mfa_edit_webauthn": [KEY],
    "mfa_remove_webauthn": [KEY],
    "openid_connect_login": ["house"],
}


def opened(name: str, language: str, client: Client) -> Any:
    with translation.override(language):
        response = PAGES[name](client, reverse(name, args=ARGS.get(name)))
    assert response.status_code == 200, response.headers.get("Location")
    return response


def said(node: Node) -> str:
    """All that is read or read out on a page."""
    for script in node.all("script"):
        script.children.clear()
    spoken = (each.attrs.get(name, "") for each in node for name in ("aria-label", "title", "alt"))
    return " ".join([node.text, *spoken])


each = pytest.mark.parametrize("name", sorted(PAGES))
both = pytest.mark.parametrize("language", ["da", "en"])


def test_every_page_of_allauth_is_here() -> None:
    there = {name for name, _route in routes() if name.startswith(OF_ALLAUTH)}
    assert there == PAGES.keys() | NO_PAGES.keys()


@each
@both
def test_it_has_our_frame_and_nothing_inline(client: Client, name: str, language: str) -> None:
    response = opened(name, language, client)
    page = read(response)
    assert page.one("html").attrs["lang"] == language
    assert page.one("header", "sk-head")
    assert page.one("footer")
    assert page.one("main").one("h1").text
    assert page.one("title").text.endswith(" – Stedkraft")
    assert not page.all("style")
    assert not [node for node in page if any(key == "style" or key.startswith("on") for key in node.attrs)]
    for script in page.all("script"):
        assert "src" in script.attrs or script.attrs["type"] == "application/json"
    ids = [node.attrs["id"] for node in page if "id" in node.attrs]
    assert sorted(ids) == sorted(set(ids))


@each
def test_every_field_has_its_class_and_its_label(client: Client, name: str) -> None:
    page = read(opened(name, "da", client)).one("main")
    labelled = {label.attrs["for"] for label in page.all("label")}
    for field in (*page.all("input"), *page.all("select"), *page.all("textarea")):
        if field.attrs.get("type") != "hidden" and "hidden" not in field.attrs:
            assert field.attrs["class"].startswith("form-"), field.attrs
            assert field.attrs["id"] in labelled
    for button in page.all("button"):
        assert "button" in button.attrs["class"].split()
        assert button.text
    for form in page.all("form"):
        assert form.attrs["method"] == "post"
        assert len(form.all("input", name="csrfmiddlewaretoken")) == 1


@each
def test_a_danish_page_is_danish_throughout(client: Client, name: str) -> None:
    main = read(opened(name, "da", client)).one("main")
    assert not ENGLISH.search(said(main)), said(main)


@each
def test_its_form_sent_empty_comes_back_with_its_errors_in_danish(client: Client, name: str) -> None:
    page = read(opened(name, "da", client)).one("main")
    path = opened_path(name)
    here = [form for form in page.all("form") if form.attrs.get("action", path) == path]
    forms = [form for form in here if form.all("input", required="")]
    if not forms:
        pytest.skip("nothing is to be filled in")
    fields = [*forms[0].all("input"), *forms[0].all("button")]
    sent = {field.attrs["name"]: "" for field in fields if "name" in field.attrs}
    back = read(client.post(path, sent)).one("main")
    assert back.by_id("error-summary").links
    assert not ENGLISH.search(said(back)), said(back)


def opened_path(name: str) -> str:
    with translation.override("da"):
        return reverse(name, args=ARGS.get(name))


@pytest.mark.parametrize("name", ["account_email", "mfa_list_webauthn"])
def test_more_rows_ask_no_more(client: Client, name: str, anna: User) -> None:
    asked = []
    opened(name, "da", client)
    for number in range(2):
        asked.append(len(statements(client, opened_path(name))))
        for more in range(3):
            address(anna, f"more-{number}-{more}@example.org")
            Authenticator.objects.create(user=anna, type="webauthn", data={"name": "Mere"})
    assert asked[0] == asked[1]
