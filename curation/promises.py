"""When an author is promised an answer."""

import datetime as dt

ANSWER_WORKING_DAYS = 5
SATURDAY = 5


def answer_by(day: dt.date) -> dt.date:
    """Five working days on, from Monday to Friday."""
    left = ANSWER_WORKING_DAYS
    while left:
        day += dt.timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day
