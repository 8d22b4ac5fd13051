"""Every Monday morning: tell each steward what waits."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from ..weekly import tell, to_tell

logger = logging.getLogger(__name__)


@app.periodic(cron="12 4 * * *")  # before people in Denmark begin to work, summer and winter
@app.task(name="desk.tell_what_waits", queue="jobs", queueing_lock="desk.tell_what_waits")
def tell_what_waits(timestamp: int) -> None:
    """Each person is a transaction of its own. On other days than Monday only those a dead worker left out.

    One who cannot be written to does not keep the others from it.
    """
    today = timezone.localdate()
    for person in to_tell(today):
        try:
            tell(person, today)
        except Exception:
            logger.exception("Steward %s could not be told what waits", person)
