"""PULL-spejlet: dated self-assessments of a lab and its host."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from curation.register_version import RaisesVersion

from ..choices import Half, Shown
from ..querysets import AssessmentQuerySet
from .labs import Lab

SHOWN = "NEW.shown <> '' OR OLD.shown <> ''"
EVIDENCE_FIRST = """
IF NEW.finished_at IS NOT NULL AND EXISTS (
    SELECT FROM labs_statementanswer a WHERE a.sheet_id = NEW.id AND a.score >= 3 AND a.evidence = ''
) THEN
    RAISE EXCEPTION 'a high answer without a line of evidence'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'sheet_with_evidence';
END IF;
RETURN NEW;
"""
FINISHED = """
IF EXISTS (
    SELECT FROM labs_sheet s
    WHERE s.id IN (NEW.sheet_id, OLD.sheet_id) AND s.finished_at IS NOT NULL
) THEN
    RAISE EXCEPTION 'a finished sheet is not changed any more'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'sheet_is_finished';
END IF;
IF TG_OP = 'DELETE' THEN
    RETURN OLD;
END IF;
RETURN NEW;
"""


class Assessment(models.Model):
    """One run of PULL-spejlet for a lab. Nobody but those who look after the lab, and those asked to answer,
    reads of it before it is finished and the lab's owner has chosen what everybody may read (`shown`).

    `host` is who the host was when it was begun.
    """

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="assessments", verbose_name=_("lab"))
    host = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="assessments_as_host",
        verbose_name=_("host"),
    )  # fmt: skip
    begun_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assessments_begun",
        verbose_name=_("begun by"),
    )  # fmt: skip
    finished_on = models.DateField(_("finished"), null=True, blank=True)
    shown = models.CharField(_("what everybody may read"), max_length=4, choices=Shown.choices, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ("-finished_on", "-pk")
        triggers = (RaisesVersion(when=SHOWN),)
        constraints = (
            models.CheckConstraint(
                condition=Q(shown="") | Q(finished_on__isnull=False), name="assessment_shown_when_finished"
            ),
            models.UniqueConstraint(
                "lab", condition=Q(finished_on__isnull=True), name="one_assessment_under_way"
            ),
        )

    def __str__(self) -> str:
        return f"{self.lab}: {self.finished_on or self.begun_at.date()}"


class Sheet(models.Model):
    """One person's answers within a run: for the lab, or for its host. A finished one is not changed.

    `by` is nobody where it is answered by a link, without an account. `window` names the page that saved it
    last: a name made anew for each page shown.
    """

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="sheets", verbose_name=_("assessment")
    )
    half = models.CharField(_("for whom"), max_length=4, choices=Half.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="sheets",
        verbose_name=_("answered by"),
    )  # fmt: skip
    post = models.CharField(_("post of who answers"), max_length=120, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    window = models.CharField(_("window that saved it"), max_length=40, blank=True, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("sheet")
        verbose_name_plural = _("sheets")
        ordering = ("pk",)
        triggers = (
            pgtrigger.Trigger(
                name="evidence_first", operation=pgtrigger.Insert | pgtrigger.Update, when=pgtrigger.Before,
                func=EVIDENCE_FIRST,
            ),
        )  # fmt: skip
        constraints = (models.UniqueConstraint("assessment", "half", name="one_sheet_for_each_half"),)

    def __str__(self) -> str:
        return f"{self.get_half_display()}: {self.assessment}"


class StatementAnswer(models.Model):
    """What a sheet answers to one of the 21 statements: 0–4, or no score for "do not know"."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="answers", verbose_name=_("sheet"))
    statement = models.PositiveSmallIntegerField(_("statement"))
    score = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    evidence = models.CharField(_("shown by"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("answer to a statement")
        verbose_name_plural = _("answers to statements")
        ordering = ("statement",)
        triggers = (
            pgtrigger.Trigger(
                name="finished_stays", operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before, func=FINISHED,
            ),
        )  # fmt: skip
        constraints = (
            models.UniqueConstraint("sheet", "statement", name="answered_once_on_a_sheet"),
            models.CheckConstraint(condition=Q(statement__range=(1, 21)), name="one_of_the_statements"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 4)), name="answered_from_0_to_4"
            ),
        )

    def __str__(self) -> str:
        return f"{self.statement}: {self.score}"
