"""What the worker does: deliver mail, forget addresses, and keep the table of jobs in order.

A job may run twice, because a worker may die after its work and before it can say so.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from mail.composing import compose
from mail.models import Message

logger = logging.getLogger(__name__)

# Seconds between tries: the first ones for a server that restarts, the last for a weekend's outage.
WAITS = (10, 60, 5 * 60, 15 * 60, 3600, 2 * 3600, 4 * 3600, 8 * 3600, 12 * 3600, 20 * 3600)
SILENCE_SECONDS = 60  # without a heartbeat, which comes every ten, a worker is taken for dead
KEEP_ADDRESS = timedelta(days=30)
KEEP_DONE_HOURS = 7 * 24
KEEP_FAILED_HOURS = 30 * 24


class Undelivered(Exception):
    """The mail server did not take it. Says why without the address, because it is written to the log."""


class Patience(BaseRetryStrategy):
    """Ten more tries over two days."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """The next try, or None when the last one has failed."""
        if job.attempts >= len(WAITS):
            return None
        return RetryDecision(retry_in={"seconds": WAITS[job.attempts]})


@app.task(name="mail.deliver", queue="mail", retry=Patience())
def deliver(message_id: str) -> None:
    """Hand one message to the mail server and erase its text.

    The row is locked meanwhile, so that two workers cannot both be at it. If the process dies after the
    server's yes and before the commit, the mail is sent again, under the same Message-ID.
    """
    with transaction.atomic():
        waiting = Message.objects.select_for_update().filter(pk=message_id, sent_at=None).exclude(to="")
        message = waiting.first()
        if message is None:
            return
        _hand_over(message)
        Message.objects.filter(pk=message.pk).update(
            sent_at=timezone.now(), subject="", text="", unsubscribe=""
        )


def _hand_over(message: Message) -> None:
    try:
        compose(message).send(using="default")
    except (OSError, SMTPException) as problem:
        code = getattr(problem, "smtp_code", "")
        reason = f"{type(problem).__name__} {code}".strip()
        logger.warning("Mail %s was not delivered: %s", message.pk, reason)
        raise Undelivered(reason) from None


@app.periodic(cron="17 3 * * *")
@app.task(name="mail.forget_addresses", queue="mail", queueing_lock="mail.forget_addresses")
def forget_addresses(timestamp: int) -> None:
    """After 30 days an address goes, and with it the text of what could not be delivered."""
    old = Message.objects.filter(created_at__lt=timezone.now() - KEEP_ADDRESS).exclude(to="")
    old.update(to="", subject="", text="", unsubscribe="")


@app.periodic(cron="* * * * *")
@app.task(name="jobs.requeue_stalled", queue="jobs", queueing_lock="jobs.requeue_stalled", pass_context=True)
async def requeue_stalled(
    context: JobContext, timestamp: int, silence_seconds: int = SILENCE_SECONDS
) -> None:
    """Give the jobs of dead workers to a living one."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=silence_seconds):
        logger.warning("Job %s (%s) has lost its worker and is tried again", job.id, job.task_name)
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # the same periodic job waits already
            await manager.finish_job(job, status=Status.ABORTED, delete_job=False)


@app.periodic(cron="41 3 * * *")
@app.task(name="jobs.remove_old", queue="jobs", queueing_lock="jobs.remove_old", pass_context=True)
async def remove_old(context: JobContext, timestamp: int) -> None:
    """Remove jobs that were done a week ago, and those that failed a month ago."""
    jobs = context.app.job_manager
    await jobs.delete_old_jobs(nb_hours=KEEP_DONE_HOURS)
    await jobs.delete_old_jobs(
        nb_hours=KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
