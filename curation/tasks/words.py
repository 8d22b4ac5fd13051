"""Learning words: those of entries that changed every few minutes, all anew once a night."""

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from ..learning import learn, learn_from
from ..models import Record
from ..reindexing import reindex
from ..search import INDEXERS

# Twice as far back as the task runs, so that nothing is missed; what was learnt already is not learnt again.
LOOK_BACK = dt.timedelta(minutes=30)
BATCH = 200


@app.periodic(cron="*/15 * * * *")
@app.task(name="curation.learn_new_words", queue="jobs", queueing_lock="curation.learn_new_words")
def learn_new_words(timestamp: int) -> None:
    """Learn the words of what has changed lately, so that their parts are found too."""
    changed = Record.objects.published().filter(updated_at__gte=timezone.now() - LOOK_BACK)
    for kind, indexer in INDEXERS.items():
        ids = list(changed.of_kind(kind).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            learn_from(list(indexer.entries().filter(pk__in=ids[start : start + BATCH]).order_by("pk")))


@app.periodic(cron="40 1 * * *")
@app.task(name="curation.learn_all_words", queue="jobs", queueing_lock="curation.learn_all_words")
def learn_all_words(timestamp: int) -> None:
    """Count all words anew and take all compounds apart; index all entries again if any word changed."""
    if learn():
        reindex()
