"""The dump of the night."""

from procrastinate.contrib.django import app

from ..dumps.making import make_dump


@app.periodic(cron="30 2 * * *")  # half past three in Denmark, an hour later in summer
@app.task(name="opendata.make_dump", queue="jobs", queueing_lock="opendata.make_dump")
def make_the_dump_of_the_night(timestamp: int) -> None:
    """Nothing is kept of a dump whose making died; the next night makes the next."""
    make_dump()
