"""What labs keep of a person: solutions they told to be taken over, and their answers to PULL-spejlet."""

from typing import Any

import pgtrigger
from django.db.models import Q

from accounts.models import User
from accounts.personal import redact, said

from .models import Adoption, Assessment, Sheet, StatementAnswer, Value

TOLD = ("heard_named", "effect", "bent", "ended_reason", "source")
OF_VALUES = ("said", "source")


def export(user: User) -> dict[str, Any]:
    """All of it, in the words of the register."""
    return {
        **said(
            Adoption.objects.with_solution().select_related("adopter__record", "place").filter(made_by=user),
            "solution", "adopter", "place", "how", "heard_through", "heard_named", "idea_on", "in_use_since",
            "effect", "bent", "source", "made_at", "ended_on", "ended_reason",
        ),
        **said(
            Value.objects.select_related("adoption").filter(adoption__made_by=user),
            "adoption", "kind", "evidence", "said", "year", "source",
        ),
        **said(
            Assessment.objects.select_related("lab__record", "host__record").filter(begun_by=user),
            "lab", "host", "begun_at", "finished_on",
        ),
        **said(
            Sheet.objects.select_related("assessment__lab__record").filter(by=user),
            "assessment", "half", "post", "saved_at", "finished_at",
        ),
        **said(
            StatementAnswer.objects.select_related("sheet__assessment__lab__record").filter(sheet__by=user),
            "sheet", "statement", "score", "evidence",
        ),
    }  # fmt: skip


def erase(user: User) -> None:
    """What was told and answered for an organisation stays the organisation's, without the person's name,
    address and post; also in what the history keeps.
    """
    own, of_values = Q(made_by=user.pk), Q(adoption__made_by=user.pk)
    told = list(Adoption.objects.filter(own).order_by("pk").values_list("pk", flat=True))
    redact(Adoption.objects.all(), *TOLD, user=user, own=own)
    redact(Value.objects.all(), *OF_VALUES, user=user, own=of_values)
    with pgtrigger.ignore("labs.AdoptionEvent:append_only", "labs.ValueEvent:append_only"):
        redact(_history_of(Adoption), *TOLD, user=user, own=own)
        redact(_history_of(Value), *OF_VALUES, user=user, own=Q(adoption_id__in=told))
    Sheet.objects.filter(by=user).update(post="")
    with pgtrigger.ignore("labs.StatementAnswer:finished_stays"):  # a finished sheet never changes but here
        redact(StatementAnswer.objects.all(), "evidence", user=user, own=Q(sheet__by=user.pk))


def _history_of(model: Any) -> Any:
    return model.pgh_event_model.objects.all()
