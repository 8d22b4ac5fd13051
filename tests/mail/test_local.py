"""On one's own machine mails are files and a page shows them; elsewhere there is no such page."""

from http import HTTPStatus

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import NoReverseMatch, reverse

from config.mailers import mailers
from mail import outbox
from tests.pages import read
from tests.post import delivered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]
LINK = "http://localhost:8000/labs/"
ON_A_MACHINE = {"HTTP_HOST": "localhost:8000"}


@pytest.fixture
def at_home(settings, tmp_path):
    """As `make run` has it; the answer is the folder of the mails."""
    settings.ROOT_URLCONF = "tests.mail.urls"
    settings.ALLOWED_HOSTS = ["*"]
    settings.MAILERS = mailers("", local=tmp_path / "var")
    return tmp_path / "var"


def send(name="Anna"):
    outbox.send("hello", to="anna@example.org", language="da", context={"name": name, "link": LINK, "no": 0})
    return delivered()


def test_each_mail_is_a_file(at_home):
    assert send() == []  # nothing has left
    send("Bo")
    first, second = sorted(at_home.iterdir())
    assert (first.suffix, second.suffix) == (".eml", ".eml")
    assert b"Subject: Forside: Anna" in first.read_bytes()
    assert b"Subject: Forside: Bo" in second.read_bytes()


def test_the_page_lists_the_newest_first(client, at_home):
    send("Anna")
    send("Bo")
    answer = client.get("/mail/", **ON_A_MACHINE)
    assert "no-store" in answer["Cache-Control"]
    assert [link.text for link in read(answer).one("tbody").all("a")] == ["Forside: Bo", "Forside: Anna"]


def test_the_page_without_mails_says_so(client, at_home):
    assert "No mail has been written yet." in client.get("/en/mail/", **ON_A_MACHINE).text


def test_a_mail_shows_its_text_with_links_and_its_html_as_source(client, at_home):
    send("<script>alert(1)</script>")
    [path] = at_home.iterdir()
    text = client.get(f"/mail/{path.name}/", **ON_A_MACHINE).text
    assert f'href="{LINK}"' in text
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;html lang=&quot;da&quot;&gt;" in text
    assert "<style" not in text


@pytest.mark.parametrize("name", ["nothing.eml", "..%2Fsecret_key", "20260101-000000-000000-00000000.eml"])
def test_other_files_are_not_shown(client, at_home, name):
    (at_home.parent / "secret_key").write_text("hush")
    at_home.mkdir()
    assert client.get(f"/mail/{name}/", **ON_A_MACHINE).status_code == HTTPStatus.NOT_FOUND


def test_the_page_is_for_this_machine_only(client, at_home):
    send()
    [path] = at_home.iterdir()
    for address in ("/mail/", f"/mail/{path.name}/"):
        assert client.get(address, HTTP_HOST="register.example").status_code == HTTPStatus.NOT_FOUND


def test_where_mail_is_sent_there_is_no_page(client, at_home, settings):
    settings.MAILERS = mailers("smtp://localhost", local=None)
    assert client.get("/mail/", **ON_A_MACHINE).status_code == HTTPStatus.NOT_FOUND


def test_where_mail_is_sent_there_is_no_address_either(client):
    with pytest.raises(NoReverseMatch):
        reverse("mail:inbox")
    assert client.get("/mail/").status_code == HTTPStatus.NOT_FOUND


# SMTP_URL


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mx.example", {"host": "mx.example", "port": 25}),
        ("smtp://mx.example:2525", {"host": "mx.example", "port": 2525}),
        ("smtp+starttls://mx.example", {"host": "mx.example", "port": 587, "use_tls": True}),
        ("smtps://mx.example", {"host": "mx.example", "port": 465, "use_ssl": True}),
        ("smtps://me%40x:a%2Fb@mx.example", {"username": "me@x", "password": "a/b", "port": 465}),
    ],
)
def test_the_mail_server_s_address(url, expected):
    mailer = mailers(url, local=None)["default"]
    assert mailer["BACKEND"].endswith("smtp.EmailBackend")
    assert expected.items() <= mailer["OPTIONS"].items()
    assert mailer["OPTIONS"]["timeout"]


def test_a_server_without_an_address_uses_the_machine_s_own():
    assert mailers("", local=None)["default"]["OPTIONS"]["host"] == "localhost"


@pytest.mark.parametrize(
    "url", ["mx.example", "http://mx.example", "smtp://", "smtp://mx:port", "smtp+tls://mx"]
)
def test_an_address_that_is_none_is_one_sentence(url):
    with pytest.raises(ImproperlyConfigured, match="SMTP_URL must look like"):
        mailers(url, local=None)
