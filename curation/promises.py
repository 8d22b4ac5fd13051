"""When an author is promised an answer."""

import datetime as dt

ANSWER_WORKING_DAYS = 5
SATURDAY = 5


def answer_by(day: dt.date, working_days: int = ANSWER_WORKING_DAYS) -> dt.date:
    """So many working days on, from Monday to Friday; five unless it says otherwise."""
    left = working_days
    while left:
        day += dt.timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day
