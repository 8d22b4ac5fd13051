"""Every morning: tell people what is new in the searches they keep; on Mondays also in the weekly ones."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from ..saved_telling import tell, to_tell

logger = logging.getLogger(__name__)


@app.periodic(cron="41 4 * * *")  # before people in Denmark begin to work, summer and winter
@app.task(name="outreach.tell_what_is_new", queue="jobs", queueing_lock="outreach.tell_what_is_new")
def tell_what_is_new(timestamp: int) -> None:
    """Each person is a transaction of its own: what was told stays told if the worker dies.

    One who cannot be written to does not keep the others from it.
    """
    for person in to_tell(timezone.localdate()):
        try:
            tell(person)
        except Exception:
            logger.exception("Person %s could not be told what is new", person)
