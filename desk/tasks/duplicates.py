"""Looking for entries that look like one, and after those that were merged."""

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from ..duplicates import finding
from ..merging import following

# Twice as far back as the task runs, so that nothing is missed; a pair that is known is not made again.
LOOK_BACK = dt.timedelta(minutes=30)


@app.periodic(cron="*/15 * * * *")
@app.task(name="desk.look_at_changed", queue="jobs", queueing_lock="desk.look_at_changed")
def look_at_changed(timestamp: int) -> None:
    """Compare what has changed lately with all others of its kind."""
    finding.look_at_changed(timezone.now() - LOOK_BACK)


@app.periodic(cron="10 2 * * *")
@app.task(name="desk.look_at_all", queue="jobs", queueing_lock="desk.look_at_all")
def look_at_all(timestamp: int) -> None:
    """Compare all entries anew, as much for what a night's imports and corrections have changed."""
    finding.look_at_all()


@app.task(name="desk.follow_merge", queue="jobs")
def follow_merge(number: int) -> None:
    """Bring what was tied to an entry in the moment of its merge after it; once is as good as twice."""
    following.catch_up(number)
