"""Organisations, what they own, and how they belong together."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from curation.choices import Kind, Side
from curation.models import Entry, tracked
from curation.register_version import RaisesVersion, published

from ..choices import ActorKind, RelationVerb
from ..querysets import ActorQuerySet, RelationQuerySet


@tracked
class Actor(Entry):
    """An organisation; `side` is where it usually stands, a link may say otherwise."""

    type = models.CharField(_("kind"), max_length=24, choices=ActorKind.choices)
    side = models.CharField(_("usual side"), max_length=8, choices=Side.choices)
    cvr = models.CharField(
        _("CVR number"), max_length=8, blank=True, validators=[RegexValidator(r"^\d{8}$", _("Eight digits."))]
    )
    ror = models.CharField(
        _("ROR identifier"), max_length=9, blank=True,
        validators=[RegexValidator(r"^0[a-z0-9]{8}$", _("Nine letters and digits, the first a zero."))],
    )  # fmt: skip
    email_domain = models.CharField(_("e-mail domain"), max_length=100, blank=True)

    objects = ActorQuerySet.as_manager()

    kind: ClassVar[Kind] = Kind.ACTOR

    class Meta(Entry.Meta):
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        triggers = (RaisesVersion(when=published("record_id")),)
        constraints = (
            *Entry.Meta.constraints,
            models.UniqueConstraint("ror", condition=~Q(ror=""), name="one_actor_per_ror"),
        )

    def card_line(self, places: str) -> str:
        return f"{self.get_type_display()} · {places}"

    @property
    def ror_url(self) -> str:
        """The identifier as ROR writes it."""
        return f"https://ror.org/{self.ror}" if self.ror else ""


class OwnedEntry(Entry):
    """An entry an organisation answers for; who that is may be unknown, and pages say so."""

    owner = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="owned_%(class)ss", verbose_name=_("owner")
    )

    class Meta(Entry.Meta):
        abstract = True


@tracked
class Relation(models.Model):
    """One organisation is tied to another: subject, verb, object. `since` and `until` are years."""

    subject = models.ForeignKey(Actor, models.PROTECT, related_name="relations_out", verbose_name=_("who"))
    verb = models.CharField(_("does what"), max_length=20, choices=RelationVerb.choices)
    object = models.ForeignKey(Actor, models.PROTECT, related_name="relations_in", verbose_name=_("whom"))
    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    since = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    until = models.PositiveSmallIntegerField(_("until"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ("pk",)
        triggers = (RaisesVersion(when=published("subject_id", "object_id")),)
        constraints = (
            models.UniqueConstraint("subject", "verb", "object", name="related_once"),
            models.CheckConstraint(condition=~Q(subject=F("object")), name="related_to_another"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
                name="relation_forwards",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.get_verb_display()} {self.object}"
