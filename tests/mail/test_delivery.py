"""The worker: tries again while the mail server is away, and takes over from the dead."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from config.mailers import mailers
from mail import outbox, tasks
from mail.models import Message
from tests.mail_fixtures import ask_for
from tests.mail_server import MailServer

pytestmark = pytest.mark.usefixtures("letters")
ANNA = "anna@example.org"


@pytest.fixture
def server(settings):
    with MailServer() as running:
        settings.MAILERS = mailers(running.url, local=None)
        yield running


def hello():
    return outbox.send("hello", to=ANNA, language="da", context={"name": "Anna", "link": "/", "no": 0})


def job_of(message):
    return ProcrastinateJob.objects.get(task_name="mail.deliver", args__message_id=str(message.pk))


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_worker_delivers_through_smtp(server, work):
    message = hello()
    work()
    [mail] = server.received
    assert (mail["To"], mail["Subject"]) == (ANNA, "Forside: Anna")
    assert mail["Message-ID"] == message.message_id
    assert "Søg, Anna!" in mail.get_body(["plain"]).get_content()
    assert job_of(message).status == "succeeded"
    message.refresh_from_db()
    assert (message.text, message.sent_at is None) == ("", False)


@pytest.mark.parametrize("trouble", ["refuses", "hangs up"])
def test_a_mail_server_that_is_away_is_tried_again(server, work, trouble, caplog):
    if trouble == "refuses":
        server.down()
    else:
        server.hangs_up = True
    message = hello()
    with caplog.at_level(logging.INFO):
        work()
    job = job_of(message)
    assert (job.status, job.attempts) == ("todo", 1)
    wait = job.scheduled_at - timezone.now()
    assert timedelta(0) < wait <= timedelta(seconds=tasks.WAITS[0])
    message.refresh_from_db()
    assert (message.subject, message.sent_at) == ("Forside: Anna", None)
    assert str(message.pk) in caplog.text
    assert ANNA not in caplog.text

    server.hangs_up = False
    server.up()
    work()
    assert server.received == []  # not before its time
    sql("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
    work()
    assert [mail["Message-ID"] for mail in server.received] == [message.message_id]
    assert job_of(message).status == "succeeded"


def test_the_tries_end_after_two_days():
    retry = tasks.deliver.retry_strategy
    decisions = [
        retry.get_retry_decision(exception=OSError(), job=_job(attempts))
        for attempts in range(len(tasks.WAITS) + 1)
    ]
    assert decisions[-1] is None
    assert all(decisions[:-1])
    assert list(tasks.WAITS) == sorted(tasks.WAITS)
    assert timedelta(days=1.5) < timedelta(seconds=sum(tasks.WAITS)) < timedelta(days=2.5)


def test_what_has_failed_for_good_can_be_sent_again(server, work):
    failed, waiting = hello(), hello()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job_of(failed).pk])
    answer = StringIO()
    call_command("send_again", stdout=answer)
    assert answer.getvalue() == "Mails that are tried again: 1\n"
    work()
    assert {mail["Message-ID"] for mail in server.received} == {failed.message_id, waiting.message_id}
    assert outbox.send_again() == 0


def _job(attempts):
    return Job(id=1, queue="mail", lock=None, queueing_lock=None, task_name="mail.deliver", attempts=attempts)


def test_a_job_whose_worker_died_is_done_by_the_next(server, work):
    message = hello()
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 minutes')")
    sql("UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM procrastinate_workers)")
    ask_for(tasks.requeue_stalled)
    work()
    assert [mail["Message-ID"] for mail in server.received] == [message.message_id]
    assert job_of(message).status == "succeeded"


def test_a_job_whose_worker_lives_is_left_to_it(server, work):
    message = hello()
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    sql("UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM procrastinate_workers)")
    ask_for(tasks.requeue_stalled)
    work()
    assert server.received == []
    assert job_of(message).status == "doing"


def test_a_dead_worker_s_periodic_job_gives_way_to_one_that_waits(server, work):
    ask_for(tasks.remove_old)
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 minutes')")
    sql("UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM procrastinate_workers)")
    dead = ProcrastinateJob.objects.get().pk
    ask_for(tasks.requeue_stalled)
    ask_for(tasks.remove_old)
    message = hello()
    work()
    assert ProcrastinateJob.objects.get(pk=dead).status == "aborted"
    assert set(ProcrastinateJob.objects.exclude(pk=dead).values_list("status", flat=True)) == {"succeeded"}
    assert [mail["Message-ID"] for mail in server.received] == [message.message_id]


def test_old_jobs_are_removed(server, work):
    message = hello()
    work()
    ask_for(tasks.remove_old)
    work()
    assert job_of(message).status == "succeeded"
    sql("UPDATE procrastinate_events SET at = at - interval '8 days'")
    ask_for(tasks.remove_old)
    work()
    assert not ProcrastinateJob.objects.filter(task_name="mail.deliver").exists()
    assert Message.objects.filter(pk=message.pk).exists()


def test_housekeeping_is_scheduled():
    names = {task.task.name for task in tasks.app.periodic_registry.periodic_tasks.values()}
    assert {"jobs.requeue_stalled", "jobs.remove_old", "mail.forget_addresses"} <= names
