"""Bringing the derived columns up to date after an upgrade, without anybody having to remember it."""

from procrastinate.contrib.django import app

from ..reindexing import is_outdated, reindex


@app.periodic(cron="*/10 * * * *")
@app.task(name="curation.index_anew", queue="jobs", queueing_lock="curation.index_anew")
def index_anew(timestamp: int) -> None:
    """Index all entries where a newer release defines what lists read of them otherwise; mostly nothing."""
    if is_outdated():
        reindex()
