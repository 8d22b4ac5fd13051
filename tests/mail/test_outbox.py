"""A mail leaves if, and only if, what it tells of was committed; afterwards nothing of it is kept."""

from datetime import timedelta
from email import policy

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from mail import links, outbox, tasks
from mail.models import Message
from tests.post import delivered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]
ANNA = "anna@example.org"
LINK = "https://register.example/labs/"


def hello(**given):
    options = {"to": ANNA, "language": "da", "context": {"name": "Anna", "link": LINK, "no": False}} | given
    return outbox.send("hello", **options)


def jobs(message):
    return ProcrastinateJob.objects.filter(task_name="mail.deliver", args__message_id=str(message.pk))


# In and out


def test_a_mail_waits_with_a_job_that_holds_its_id_alone():
    message = hello()
    assert (message.subject, message.text) == ("Forside: Anna", f"Søg, Anna!\n\nLook: {LINK}")
    job = jobs(message).get()
    assert (job.status, job.args) == ("todo", {"message_id": str(message.pk)})


def test_what_is_rolled_back_leaves_neither_row_nor_job():
    before = ProcrastinateJob.objects.count()
    with transaction.atomic():
        message = hello()
        assert jobs(message).exists()
        transaction.set_rollback(True)
    assert not Message.objects.filter(pk=message.pk).exists()
    assert ProcrastinateJob.objects.count() == before


def test_delivering_sends_and_erases_the_text():
    message = hello()
    [mail] = delivered()
    assert (mail.to, mail.subject) == ([ANNA], "Forside: Anna")
    message.refresh_from_db()
    assert (message.subject, message.text, message.to, message.template) == ("", "", ANNA, "hello")
    assert message.sent_at is not None


def test_a_mail_is_delivered_once_however_often_its_job_runs():
    message = hello()
    tasks.deliver(message_id=str(message.pk))
    tasks.deliver(message_id=str(message.pk))
    assert len(delivered()) == 1


def test_mails_of_one_transaction_come_in_their_order():
    for name in "abc":
        hello(context={"name": name, "link": LINK, "no": False})
    assert [mail.subject[-1] for mail in delivered()] == ["a", "b", "c"]
    assert delivered(to="nobody@example.org") == []


def test_the_database_refuses_to_keep_the_text_of_a_delivered_mail():
    message = hello()
    with pytest.raises(IntegrityError, match="a_delivered_mail_holds_no_text"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(sent_at=timezone.now())


# What is written


@pytest.mark.parametrize(
    ("language", "subject", "foot"),
    [
        ("da", "Forside: Anna", "http://localhost:8000/"),
        ("en", "Front page: Anna", "http://localhost:8000/en/"),
    ],
)
def test_the_language_is_the_reader_s_and_not_the_request_s(settings, language, subject, foot):
    settings.BASE_URL = "http://localhost:8000"
    with translation.override("en" if language == "da" else "da"):
        hello(language=language)
        [mail] = delivered()
    assert mail.subject == subject
    assert mail.body.endswith(f"\n{foot}\n")
    html = mail.alternatives[0].content
    assert f'<html lang="{language}">' in html
    assert f'href="{foot}"' in html


def test_the_html_part_is_the_text_escaped_with_links():
    name = "<script>alert(1)</script> & Co"
    hello(context={"name": name, "link": LINK, "no": False})
    [mail] = delivered()
    assert name in mail.body
    html = mail.alternatives[0].content
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in html
    assert f'<a href="{LINK}"' in html
    assert html.count("<p>") >= 3


def test_headers_say_what_it_is_and_name_it_the_same_each_time(settings):
    settings.BASE_URL = "https://register.example"
    settings.DEFAULT_FROM_EMAIL = "Register <post@register.example>"
    message = hello()
    [mail] = delivered()
    parsed = mail.message(policy=policy.default)
    assert parsed["Message-ID"] == f"<{message.pk}@register.example>"
    assert parsed["From"] == "Register <post@register.example>"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert abs(parsed["Date"].datetime - timezone.now()) < timedelta(minutes=1)
    assert parsed.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    "name", ["Anna\nBcc: eve@example.org", "Anna\r\nBcc: eve@example.org", "A\u2028Bcc: x", "A\rBcc: x"]
)
def test_a_name_cannot_become_a_header(name):
    hello(context={"name": name, "link": LINK, "no": False})
    [mail] = delivered()
    assert mail.message()["Bcc"] is None
    assert "\n" not in mail.subject


@pytest.mark.parametrize(
    "address",
    [f"{ANNA}\nBcc: eve@example.org", f"{ANNA}\n", f"{ANNA}, eve@example.org", "anna", "", f"Anna <{ANNA}>"],
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValidationError):
        hello(to=address)
    assert not Message.objects.exists()


def test_a_variable_nobody_has_given_fails_in_tests():
    with pytest.raises(AssertionError, match="nobody has given"):
        hello(context={"name": "Anna", "no": False})


def test_a_template_without_a_subject_is_refused():
    with pytest.raises(ValueError, match=r"one_line\.txt"):
        outbox.send("one_line", to=ANNA, language="da", context={})


# Addresses of pages


def test_links_come_from_the_settings(settings):
    settings.BASE_URL = "https://register.example"
    assert links.absolute("/labs/?q=a") == "https://register.example/labs/?q=a"


@pytest.mark.parametrize("path", ["/labs/x/", "/en/labs/x/"])
@pytest.mark.parametrize(("language", "expected"), [("da", "/labs/x/"), ("en", "/en/labs/x/")])
def test_links_are_in_the_language_asked_for(settings, path, language, expected):
    assert links.absolute(path, language) == settings.BASE_URL + expected


@pytest.mark.parametrize(("path", "expected"), [("/en", "/"), ("/", "/"), ("/energy/", "/energy/")])
def test_a_path_that_only_begins_like_a_language_is_left_alone(settings, path, expected):
    assert links.absolute(path, "da") == settings.BASE_URL + expected


@pytest.mark.parametrize("path", ["labs/", "//evil.example/", "https://evil.example/", ""])
def test_a_link_to_elsewhere_is_refused(path):
    with pytest.raises(ValueError, match="no path"):
        links.absolute(path)


# Forgetting


def test_a_forgotten_address_is_gone_and_gets_nothing_more():
    hello()
    delivered()
    waiting, other = hello(to=ANNA.upper()), hello(to="bo@example.org")
    assert outbox.forget(ANNA) == 2
    waiting.refresh_from_db()
    assert (waiting.to, waiting.subject, waiting.text) == ("", "", "")
    tasks.deliver(message_id=str(waiting.pk))
    assert [mail.to for mail in delivered()] == [[ANNA], [other.to]]
    assert not Message.objects.filter(to__iexact=ANNA).exists()


def test_addresses_go_after_30_days_and_so_does_what_was_never_delivered():
    sent = hello()
    delivered()
    lost = hello(to="lost@example.org")
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        young = hello(to="young@example.org")
        tasks.forget_addresses(timestamp=0)
        assert Message.objects.get(pk=sent.pk).to == ANNA
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        tasks.forget_addresses(timestamp=0)
    for message in (sent, lost):
        message.refresh_from_db()
        assert (message.to, message.subject, message.text) == ("", "", "")
    young.refresh_from_db()
    assert (young.to, young.subject) == ("young@example.org", "Forside: Anna")
