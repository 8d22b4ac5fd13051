"""Tidying drafts, once a night: those nobody came back to, and those that have become public entries."""

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from curation.choices import State
from curation.models import Draft

# Without an account nobody can be asked. What belongs to an account stays until it is sent or erased.
KEEP_UNOWNED = dt.timedelta(days=60)


@app.periodic(cron="23 3 * * *")
@app.task(name="keeping.tidy_drafts", queue="jobs", queueing_lock="keeping.tidy_drafts")
def tidy_drafts(timestamp: int) -> None:
    """Remove what nobody has an account for and nobody has touched for sixty days, and what is published."""
    Draft.objects.filter(user__isnull=True, updated_at__lt=timezone.now() - KEEP_UNOWNED).delete()
    Draft.objects.filter(record__state__in=(State.PUBLISHED, State.MERGED)).delete()
