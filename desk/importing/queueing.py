"""Asking a worker to do what is too much for one page."""

from procrastinate.contrib.django import app


def later(deed: str, number: int, **ids: int) -> None:
    """Have a worker read, take in or set back a file once this transaction is committed; see `desk.tasks`."""
    job = app.configure_task(
        f"desk.import_{deed}", queue="jobs", queueing_lock=f"desk.import_{deed} {number}"
    )
    job.defer(number=number, **ids)
