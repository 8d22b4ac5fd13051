"""A file of entries that was handed in, and its rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation.choices import Kind
from curation.models import Record

from ..choices import BatchState, Verdict


class Batch(models.Model):
    """A file as it was handed in, what its columns are read as, and how far it has come.

    `headings` are the names of the file's columns, `columns` the field each is read as, empty where it is
    left out. `done` of `total` rows have been dealt with in the state it is in.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    source = models.TextField(_("source"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="da")
    notes = models.JSONField(_("what the reader of the file noted"), default=list)
    headings = models.JSONField(_("names of columns"), default=list)
    columns = models.JSONField(_("what the columns are read as"), default=list)
    state = models.CharField(
        _("state"), max_length=10, choices=BatchState.choices, default=BatchState.READING
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    done = models.PositiveIntegerField(_("rows dealt with"), default=0)
    total = models.PositiveIntegerField(_("rows"), default=0)
    problem = models.TextField(_("why it could not be taken in"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="batches", verbose_name=_("handed in by")
    )
    at = models.DateTimeField(_("handed in"), default=timezone.now, editable=False)
    applied_at = models.DateTimeField(_("taken in"), null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("taken in by"),
    )  # fmt: skip
    reverted_at = models.DateTimeField(_("set back"), null=True, blank=True)
    reverted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("set back by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("file of entries")
        verbose_name_plural = _("files of entries")
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True, applied_by__isnull=True)
                | Q(applied_at__isnull=False, applied_by__isnull=False),
                name="batch_applied_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(reverted_at__isnull=True, reverted_by__isnull=True)
                | Q(reverted_at__isnull=False, reverted_by__isnull=False, applied_at__isnull=False),
                name="batch_reverted_by_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.APPLIED) | Q(applied_at__isnull=False),
                name="batch_applied_has_a_time",
            ),
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="batch_done_of_total"),
        )

    def __str__(self) -> str:
        return f"{self.file_name} {self.at:%Y-%m-%d %H:%M}"


class BatchRow(models.Model):
    """One row of a file: its cells, what they mean, and what they would do or have done.

    `cells` are as the file has them, in the order of its columns; `mended` what a curator put in place of
    some, by field. `words` is the row in the words of the forms (`curation.forms.Words`). `problems` has for
    each field what is wrong, `changes` for each field what is said (`from`) and what it would be (`to`).
    `version` is the record's when it was judged, `before` the words to set back to, `written_version` the
    record's version once it was written.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows", verbose_name=_("file"))
    number = models.PositiveIntegerField(_("row of the file"))
    cells = models.JSONField(_("cells"), default=list)
    mended = models.JSONField(_("mended cells"), default=dict)
    words = models.JSONField(_("in the words of the forms"), default=dict)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, default=Verdict.WAITING)
    problems = models.JSONField(_("what is wrong"), default=dict)
    changes = models.JSONField(_("changes"), default=dict)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("record")
    )
    version = models.PositiveIntegerField(_("version it was judged against"), null=True, blank=True)
    alike = models.JSONField(_("public ids of entries it may be the same as"), default=list)
    before = models.JSONField(_("what was said before"), default=dict)
    written_version = models.PositiveIntegerField(_("version it was written as"), null=True, blank=True)

    class Meta:
        verbose_name = _("row of a file")
        verbose_name_plural = _("rows of files")
        ordering = ("batch", "number")
        constraints = (
            models.UniqueConstraint("batch", "number", name="one_row_per_number"),
            models.CheckConstraint(
                condition=~Q(verdict__in=(Verdict.CHANGED, Verdict.SAME)) | Q(record__isnull=False),
                name="changed_row_names_a_record",
            ),
            models.CheckConstraint(
                condition=Q(written_version__isnull=True) | Q(record__isnull=False),
                name="written_row_names_a_record",
            ),
        )
        indexes = (models.Index("batch", "verdict", "number", name="batch_row_verdict"),)

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"
