"""Passing on suggested edits that nobody has answered, once a day."""

from procrastinate.contrib.django import app

from ..suggesting import pass_on_what_waits


@app.periodic(cron="23 6 * * *")
@app.task(name="keeping.pass_on_suggestions", queue="jobs", queueing_lock="keeping.pass_on_suggestions")
def pass_on_suggestions(timestamp: int) -> None:
    """What has waited for seven days becomes the stewards' to answer."""
    pass_on_what_waits()
