"""Solutions taken over by others."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from curation.models import tracked
from curation.register_version import RaisesVersion, published
from places.models import Place

from ..choices import HeardThrough, Reuse
from ..querysets import AdoptionQuerySet
from .solutions import Solution

IN_ITS_TREE = """
IF NEW.taken_from_id IS NULL THEN
    RETURN NEW;
END IF;
IF NOT EXISTS (
    SELECT FROM labs_adoption a WHERE a.id = NEW.taken_from_id AND a.solution_id = NEW.solution_id
) THEN
    RAISE EXCEPTION 'taken over from somebody who has not taken over the same solution'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'adoption_in_its_tree';
END IF;
IF EXISTS (
    WITH RECURSIVE above(id, taken_from_id) AS (
        SELECT id, taken_from_id FROM labs_adoption WHERE id = NEW.taken_from_id
        UNION
        SELECT a.id, a.taken_from_id FROM labs_adoption a JOIN above ON a.id = above.taken_from_id
    )
    SELECT FROM above WHERE id = NEW.id
) THEN
    RAISE EXCEPTION 'taken over from somebody who took it over from here'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'adoption_in_its_tree';
END IF;
RETURN NEW;
"""


@tracked
class Adoption(models.Model):
    """An organisation took a solution over: from whom, how, since when, and what came of it there.

    Without `taken_from` it was taken over from where the solution began. Somebody names it; a member of the
    adopting organisation confirms it. `idea_on` and `in_use_since` are months, kept as their first day. One
    that is over has `ended_on`; it stays readable.
    """

    solution = models.ForeignKey(
        Solution, models.PROTECT, related_name="adoptions", verbose_name=_("solution")
    )
    adopter = models.ForeignKey(
        Actor, models.PROTECT, related_name="adoptions", verbose_name=_("who took it over")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="adoptions", verbose_name=_("where")
    )
    taken_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="passed_on", verbose_name=_("from whom")
    )
    how = models.CharField(_("how"), max_length=8, choices=Reuse.choices, blank=True)
    heard_through = models.CharField(
        _("heard of it through"), max_length=12, choices=HeardThrough.choices, blank=True
    )
    heard_named = models.CharField(_("through whom or what"), max_length=200, blank=True)
    idea_on = models.DateField(_("idea from"), null=True, blank=True)
    in_use_since = models.DateField(_("in use since"), null=True, blank=True)
    effect = models.TextField(_("value there"), blank=True)
    bent = models.TextField(_("what had to be bent to the place"), blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_reason = models.TextField(_("why it ended"), blank=True)
    made_at = models.DateTimeField(_("told"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="adoptions_told",
        verbose_name=_("told by"),
    )  # fmt: skip
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    asked_at = models.DateTimeField(_("asked to confirm"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    thanked_at = models.DateTimeField(_("origin thanked"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ("pk",)
        triggers = (
            RaisesVersion(when=published("solution_id")),
            pgtrigger.Trigger(
                name="in_its_tree", operation=pgtrigger.Insert | pgtrigger.Update, when=pgtrigger.Before,
                func=IN_ITS_TREE,
            ),
        )  # fmt: skip
        constraints = (
            models.UniqueConstraint("solution", "adopter", name="taken_over_once"),
            models.CheckConstraint(
                condition=Q(idea_on__isnull=True)
                | Q(in_use_since__isnull=True)
                | Q(idea_on__lte=F("in_use_since")),
                name="adoption_forwards",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=False) | Q(ended_reason=""), name="adoption_end_told_when_ended"
            ),
        )

    def __str__(self) -> str:
        return f"{self.adopter} – {self.solution}"

    @property
    def confirmed(self) -> bool:
        """Whether the organisation said to have taken it over has said so itself."""
        return self.confirmed_at is not None

    @property
    def days_to_use(self) -> int | None:
        """From the idea until it was in use there, as far as both are known."""
        if self.idea_on is None or self.in_use_since is None:
            return None
        return (self.in_use_since - self.idea_on).days

    @property
    def role_text(self) -> str:
        """What it is to the solution, as mails that ask for a yes say it."""
        return str(self.get_how_display())

    @property
    def end(self) -> Any:
        """What it is about."""
        return self.solution
