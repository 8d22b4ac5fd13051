"""Work on many entries that is too much for one page."""

from procrastinate.contrib.django import app

from mail.tasks import Patience

from ..bulk import working


@app.task(name="desk.work", queue="jobs", retry=Patience())
def work(number: int) -> None:
    """Do what is left; a second worker at the same finds each entry done. Tried again after an outage."""
    working.work(number)
