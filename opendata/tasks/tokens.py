"""Those whose tokens run out are told in time."""

from procrastinate.contrib.django import app

from .. import tokens


@app.periodic(cron="40 6 * * *")
@app.task(name="opendata.warn_of_tokens", queue="jobs", queueing_lock="opendata.warn_of_tokens")
def warn_of_tokens(timestamp: int) -> None:
    """Two weeks before, once."""
    tokens.warn_of_running_out()
