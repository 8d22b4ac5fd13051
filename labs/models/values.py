"""What a solution is worth, where it began and where it was taken over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curation.models import tracked
from curation.register_version import RaisesVersion

from ..choices import Evidence, ValueKind
from .adoptions import Adoption
from .solutions import Solution

OF_A_PUBLISHED = """EXISTS (
    SELECT FROM curation_record r
    LEFT JOIN labs_adoption a ON a.id IN (NEW.adoption_id, OLD.adoption_id)
    WHERE r.id IN (NEW.solution_id, OLD.solution_id, a.solution_id) AND r.state = 'published'
)"""


@tracked
class Value(models.Model):
    """One of the five kinds of value, and how one knows of it. More than experienced needs its source."""

    solution = models.ForeignKey(
        Solution, models.PROTECT, null=True, blank=True, related_name="values", verbose_name=_("solution")
    )
    adoption = models.ForeignKey(
        Adoption, models.PROTECT, null=True, blank=True, related_name="values", verbose_name=_("adoption")
    )
    kind = models.CharField(_("kind of value"), max_length=24, choices=ValueKind.choices)
    evidence = models.CharField(_("how one knows"), max_length=12, choices=Evidence.choices)
    said = models.TextField(_("what has changed"), blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        ordering = ("pk",)
        triggers = (RaisesVersion(when=OF_A_PUBLISHED),)
        constraints = (
            models.CheckConstraint(
                condition=Q(solution__isnull=True, adoption__isnull=False)
                | Q(solution__isnull=False, adoption__isnull=True),
                name="value_of_one_thing",
            ),
            models.UniqueConstraint(
                "solution", "kind", condition=Q(solution__isnull=False), name="value_once_of_a_solution"
            ),
            models.UniqueConstraint(
                "adoption", "kind", condition=Q(adoption__isnull=False), name="value_once_of_an_adoption"
            ),
            models.CheckConstraint(
                condition=Q(evidence=Evidence.FELT) | ~Q(source=""), name="documented_value_has_a_source"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_evidence_display()})"

    @property
    def documented(self) -> bool:
        """Whether it was counted, evaluated or compared, and not only experienced."""
        return self.evidence != Evidence.FELT
