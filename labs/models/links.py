"""The links that couple PUSH and PULL in labs."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.choices import Role
from actors.models import Actor, Offer, Party
from curation.models import tracked
from curation.register_version import RaisesVersion, published
from missions.models import Mission, Need

from ..querysets import LinkQuerySet
from .labs import Lab


def _only(end: str) -> Q:
    """Of the four things a lab can be tied to, this one."""
    return Q(*((f"{one}__isnull", one != end) for one in ("actor", "mission", "need", "offer")))


@tracked
class Link(Party):
    """The PUSH/PULL link: an actor, mission, need or offer tied to a lab. The side belongs to the link.

    The lab says it, and who has the other end confirms it. `by_other`: it was said from the other end, and it
    is for the lab to confirm.
    """

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="links", verbose_name=_("lab"))
    actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("actor")
    )
    mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("mission")
    )

    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("need")
    )
    offer = models.ForeignKey(
        Offer, models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("offer")
    )

    by_other = models.BooleanField(_("said from the other end"), default=False)

    objects = LinkQuerySet.as_manager()

    class Meta(Party.Meta):
        abstract = False
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ("pk",)
        triggers = (RaisesVersion(when=published("lab_id")),)
        constraints = (
            *Party.Meta.constraints,
            models.CheckConstraint(
                condition=_only("actor") | _only("mission") | _only("need") | _only("offer"),
                name="link_to_one_thing",
            ),
            models.UniqueConstraint(
                "lab",
                "actor",
                "role",
                "role_said",
                condition=Q(actor__isnull=False),
                name="linked_once_per_role",
            ),
            models.UniqueConstraint(
                "lab", "mission", condition=Q(mission__isnull=False), name="linked_to_a_mission_once"
            ),
            models.UniqueConstraint(
                "lab", "need", condition=Q(need__isnull=False), name="linked_to_a_need_once"
            ),
            models.UniqueConstraint(
                "lab", "offer", condition=Q(offer__isnull=False), name="linked_to_an_offer_once"
            ),
            models.UniqueConstraint(
                "lab", condition=Q(role=Role.HOST, ended_on__isnull=True), name="one_host_per_lab"
            ),
        )
        indexes = (
            # An actor's neighbours without their rows: a hub has thousands.
            models.Index(
                "actor", "lab", name="link_actor_lab",
                condition=Q(ended_on__isnull=True, actor__isnull=False),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.end} – {self.lab}"

    @property
    def end(self) -> Any:
        """The entry that is tied to the lab."""
        return self.actor or self.mission or self.need or self.offer
