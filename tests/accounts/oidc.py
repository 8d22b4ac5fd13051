"""What tests of logging in through one's own organisation share."""

import re

import requests
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config import oidc
from tests.oidc_provider import Provider

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def use(settings: Settings, provider: Provider, **said: object) -> None:
    listed = [provider.app(**said)]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc.apps(listed)}}


def log_in(site: LiveServer, start: str = "/account/oidc/kommunen/login/") -> tuple[requests.Session, str]:
    """As a browser does it: the form that asks, the provider and back. The page one ends on."""
    browser = requests.Session()
    page = browser.get(f"{site.url}{start}")
    token = TOKEN.search(page.text)
    assert token, page.text[:2000]
    sent = {"csrfmiddlewaretoken": token[1]}
    return browser, browser.post(page.url, sent, headers={"Referer": page.url}).url
