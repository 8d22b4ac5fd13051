"""Files that are too long for one page: read, taken in and set back by a worker."""

from procrastinate.contrib.django import app

from accounts.models import User

from ..importing import reading, working


@app.task(name="desk.import_read", queue="jobs")
def read(number: int) -> None:
    """Judge the rows of a file."""
    reading.read(number)


@app.task(name="desk.import_apply", queue="jobs")
def apply(number: int, user: int) -> None:
    """Take a file in."""
    working.apply(number, User.objects.get(pk=user))


@app.task(name="desk.import_revert", queue="jobs")
def revert(number: int, user: int) -> None:
    """Set a file back."""
    working.revert(number, User.objects.get(pk=user))
