"""The append-only history every model of an entry is under."""

import pghistory
from django.db import models


def tracked[M: models.Model](model: type[M]) -> type[M]:
    """Keep every change of a model in an append-only history written by database triggers."""
    track = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
    )
    return track(model)
