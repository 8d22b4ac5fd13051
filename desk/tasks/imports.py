"""Files that are too long for one page: read, taken in and set back by a worker; and old ones forgotten."""

from procrastinate.contrib.django import app

from accounts.models import User

from ..importing import forgetting, working


@app.task(name="desk.import_read", queue="jobs")
def read(number: int) -> None:
    """Judge the rows of a file."""
    working.read(number)


@app.task(name="desk.import_apply", queue="jobs")
def apply(number: int, user: int) -> None:
    """Take a file in."""
    working.apply(number, User.objects.get(pk=user))


@app.task(name="desk.import_revert", queue="jobs")
def revert(number: int, user: int) -> None:
    """Set a file back."""
    working.revert(number, User.objects.get(pk=user))


@app.periodic(cron="37 2 * * *")
@app.task(name="desk.forget_files", queue="jobs", queueing_lock="desk.forget_files")
def forget_files(timestamp: int) -> None:
    """Rows of files nobody needs any more go."""
    forgetting.forget_rows()
