"""Telling other systems of changes, and forgetting the log of it. Mail goes first: this may take seconds."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from ..webhooks import delivering, telling

LATER_THAN_MAIL = -10


def soon(number: int) -> None:
    """Have a worker send what waits for one address, once this transaction is committed."""
    job = deliver.configure(queueing_lock=f"opendata.deliver {number}")
    try:
        with transaction.atomic():
            job.defer(number=number)
    except AlreadyEnqueued:
        return


@app.task(name="opendata.deliver", queue="jobs", priority=LATER_THAN_MAIL)
def deliver(number: int) -> None:
    """One round for one address; what is left comes in the next."""
    if delivering.deliver_to(number):
        soon(number)


@app.periodic(cron="* * * * *")
@app.task(name="opendata.tell", queue="jobs", queueing_lock="opendata.tell")
def tell(timestamp: int) -> None:
    """Look through what has changed, and send what is new and what is to be tried again."""
    for number in telling.look():
        soon(number)


@app.periodic(cron="49 3 * * *")
@app.task(name="opendata.forget_deliveries", queue="jobs", queueing_lock="opendata.forget_deliveries")
def forget_deliveries(timestamp: int) -> None:
    """The log reaches back a month."""
    delivering.forget()
