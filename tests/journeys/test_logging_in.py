"""Signing up and logging in in a browser: password, code, app, passkey; with and without JavaScript."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.accounts.logging_in import PASSWORD, code_from_mail, digits
from tests.journeys.browsing import Open, key, look, press
from tests.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

ANNA = "anna@example.org"
STRANGERS = ["/account/login/", "/account/signup/", "/account/login/code/", "/account/password/reset/"]
MEMBERS = [
    "/account/email/", "/account/password/change/", "/account/2fa/", "/account/sessions/",
    "/account/3rdparty/", "/account/logout/", "/account/settings/", "/account/data/", "/account/erase/",
    "/account/tokens/", "/account/webhooks/", "/account/reauthenticate/",
]  # fmt: skip
PROTECTED = [
    "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/", "/account/2fa/webauthn/",
    "/account/tokens/new/", "/account/webhooks/new/",
]  # fmt: skip
# What Chromium remarks on, without anything being wrong.
REMARKS = ("[DOM] ",)


@pytest.fixture
def page(both_ways: Open) -> Page:
    return both_ways(but=REMARKS)


@pytest.fixture
def scripted(browse: Open) -> Page:
    return browse(but=REMARKS)


@pytest.fixture
def anna(transactional_db: None) -> User:
    return person(ANNA, password=PASSWORD, name="Anna And", language="en")


def log_in(page: Page, path: str = "/en/account/login/") -> None:
    page.goto(path)
    page.locator("#id_login").fill(ANNA)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").focus()
    key(page, "Enter")


def send(page: Page, button: str) -> None:
    press(page, page.locator("main").get_by_role("button", name=button, exact=True))


def prove(page: Page) -> None:
    """Type the password again where that is asked for."""
    page.locator("#id_password").fill(PASSWORD)
    send(page, "Confirm")


def test_signing_up_with_the_code_from_the_mail(page: Page) -> None:
    page.goto("/en/account/login/?next=/en/account/settings/")
    press(page, page.get_by_role("link", name="Make an account"))
    page.locator("#id_name").fill("Anna And")
    page.locator("#id_email").fill(ANNA)
    page.locator("#id_password1").fill("1234")
    send(page, "Make an account")
    expect(page.locator("#error-summary")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value("Anna And")
    page.locator("#id_password1").fill(PASSWORD)
    send(page, "Make an account")
    expect(page.locator("h1")).to_have_text("Confirm your address")
    page.locator("#id_code").fill("AAAA-AAAA")
    send(page, "Go on")
    expect(page.locator("#error-summary")).to_be_visible()
    page.locator("#id_code").fill(code_from_mail(ANNA))
    send(page, "Go on")
    page.wait_for_url("**/en/account/settings/")
    expect(page.locator("header")).to_contain_text("Anna And")
    assert User.objects.get().language == "en"


def test_logging_in_with_a_password_and_out_again(page: Page, anna: User) -> None:
    log_in(page)
    page.wait_for_url("**/en/account/")
    page.goto("/en/account/logout/")
    send(page, "Log out")
    page.wait_for_url("**/en/")
    expect(page.locator("header")).to_contain_text("Log in")


def test_logging_in_with_a_code(page: Page, anna: User) -> None:
    page.goto("/en/account/login/")
    press(page, page.get_by_role("link", name="Get a code by mail"))
    page.locator("#id_email").fill(ANNA)
    send(page, "Send the code")
    expect(page.locator("main")).to_contain_text(ANNA)
    page.locator("#id_code").fill(code_from_mail(ANNA))
    send(page, "Go on")
    page.wait_for_url("**/en/account/")


def test_an_app_as_the_second_step(page: Page, anna: User, settings: Any) -> None:
    settings.MFA_TOTP_TOLERANCE = 1  # the digits change twice a minute, perhaps while they are sent
    log_in(page)
    page.goto("/en/account/2fa/totp/activate/")
    prove(page)
    secret = page.locator("#authenticator_secret").input_value()
    expect(page.locator(".sk-qr svg")).to_be_visible()
    page.locator("#id_code").fill(digits(secret))
    send(page, "Use the app")
    expect(page.locator(".sk-codes li")).to_have_count(10)
    page.goto("/en/account/logout/")
    send(page, "Log out")
    log_in(page)
    expect(page.locator("h1")).to_have_text("Second step")
    expect(page.locator("header")).not_to_contain_text("Anna And")
    cache.clear()  # or the digits used half a minute ago would be refused
    page.locator("#id_code").fill(digits(secret))
    send(page, "Log in")
    page.wait_for_url("**/en/account/")


def test_without_scripts_no_button_promises_a_passkey(browse: Open, anna: User) -> None:
    page = browse("/en/account/login/", java_script_enabled=False)
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    assert "A passkey needs JavaScript." in page.content()


def with_a_key(page: Page) -> None:
    """A key plugged into the browser that knows its owner."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_logs_in_alone(scripted: Page, anna: User) -> None:
    page = scripted
    with_a_key(page)
    log_in(page)
    page.goto("/en/account/2fa/webauthn/add/")
    prove(page)
    page.locator("#id_name").fill("Work phone")
    send(page, "Add the key")
    expect(page.locator("h1")).to_have_text("Recovery codes")
    assert Authenticator.objects.filter(user=anna, type="webauthn").count() == 1
    page.goto("/en/account/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("Work phone")
    expect(page.locator("main")).to_contain_text("Logs you in without a password.")
    page.goto("/en/account/logout/")
    send(page, "Log out")
    page.goto("/en/account/login/?next=/en/account/settings/")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/en/account/settings/")
    expect(page.locator("header")).to_contain_text("Anna And")
    page.goto("/en/account/logout/")
    send(page, "Log out")
    log_in(page)
    page.get_by_role("button", name="Use a passkey or a security key").click()
    page.wait_for_url("**/en/account/")


def test_a_passkey_that_is_not_there_is_told_on_the_page(scripted: Page, anna: User) -> None:
    with_a_key(scripted)
    scripted.goto("/en/account/login/")
    problem = scripted.locator("#passkey-problem")
    expect(problem).to_be_hidden()
    scripted.locator("#passkey_login").click()
    expect(problem).to_be_visible()
    expect(problem).to_contain_text("choose another way")


def test_by_keyboard_alone(scripted: Page, anna: User) -> None:
    page = scripted
    page.goto("/en/account/login/")
    page.locator("#id_login").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_login")).to_be_focused()
    page.keyboard.type(ANNA)
    for _ in range(2):  # past the link for a forgotten password
        page.keyboard.press("Tab")
    expect(page.locator("#id_password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/account/")


# What axe says, and whether it fits


@pytest.fixture
def looked_at(browse: Open) -> Page:
    return browse(but=REMARKS)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_axe_finds_nothing_for_strangers(looked_at: Page, prefix: str) -> None:
    for path in STRANGERS:
        looked_at.goto(f"{prefix}{path}")
        assert look(looked_at) == [], looked_at.url
        press(looked_at, "main form button[type=submit]")
        expect(looked_at.locator("#error-summary")).to_be_visible()
        assert look(looked_at) == [], looked_at.url
    log_in(looked_at, f"{prefix}/account/login/")
    expect(looked_at.locator("#error-summary")).to_be_visible()
    assert look(looked_at) == []


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_axe_finds_nothing_in_ones_account(looked_at: Page, anna: User, prefix: str) -> None:
    page = looked_at
    log_in(page, f"{prefix}/account/login/")
    for path in MEMBERS:
        page.goto(f"{prefix}{path}")
        assert look(page) == [], page.url
    page.locator("#id_password").fill(PASSWORD)
    press(page, "main form button[type=submit]")
    for path in PROTECTED:
        page.goto(f"{prefix}{path}")
        assert path in page.url
        assert look(page) == [], page.url


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_axe_finds_nothing_on_the_way_through_codes(looked_at: Page, anna: User, prefix: str) -> None:
    page = looked_at
    page.goto(f"{prefix}/account/password/reset/")
    page.locator("#id_email").fill(ANNA)
    press(page, "main form button[type=submit]")
    expect(page.locator("#id_code")).to_be_visible()
    assert look(page) == [], page.url
    page.locator("#id_code").fill(code_from_mail(ANNA))
    press(page, "main form button[type=submit]")
    expect(page.locator("#id_password2")).to_be_visible()
    assert look(page) == [], page.url
