"""What was counted of requests is forgotten within the hour."""

from procrastinate.contrib.django import app

from .. import throttle


@app.periodic(cron="17 * * * *")
@app.task(name="opendata.forget_askings", queue="jobs", queueing_lock="opendata.forget_askings")
def forget_askings(timestamp: int) -> None:
    """Remove the counts of windows long past."""
    throttle.forget()
