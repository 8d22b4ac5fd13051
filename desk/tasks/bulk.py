"""Work on many entries that is too much for one page."""

from procrastinate.contrib.django import app

from ..bulk import working


@app.task(name="desk.work", queue="jobs")
def work(number: int) -> None:
    """Do what is left; a second worker at the same finds each entry done."""
    working.work(number)
