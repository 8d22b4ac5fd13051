"""Tidying shortlists, once a night: those of browsers nobody came back to."""

from django.utils import timezone
from procrastinate.contrib.django import app

from ..shortlist.actions import delete_abandoned


@app.periodic(cron="33 3 * * *")
@app.task(name="outreach.tidy_shortlists", queue="jobs", queueing_lock="outreach.tidy_shortlists")
def tidy_shortlists(timestamp: int) -> None:
    """What belongs to an account stays until its reader removes it."""
    delete_abandoned(timezone.now())
