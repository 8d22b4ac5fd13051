"""The controlled lists of missions and needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """How wide a mission reaches."""

    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    MUNICIPAL = "municipal", _("Municipal")


class DecidedBy(models.TextChoices):
    """Who decided a mission."""

    COUNCIL = "council", _("Municipal council")
    REGIONAL_COUNCIL = "regional_council", _("Regional council")
    HEALTH_COUNCIL = "health_council", _("Health council")
    PARLIAMENT = "parliament", _("Parliament or government")
    BOARD = "board", _("Board")


class NeedKind(models.TextChoices):
    """What a need asks for."""

    UNDERSTAND = "understand", _("Understand a problem")
    EVIDENCE = "evidence", _("Find what is known")
    SOLUTION = "solution", _("Find or adapt a solution")
    CODEVELOP = "codevelop", _("Develop together")
    TEST = "test", _("Test in practice")
    EVALUATE = "evaluate", _("Measure the effect")
    IMPLEMENT = "implement", _("Get it into operation")
    SCALE = "scale", _("Spread to more places")
    PARTNER_RESEARCH = "partner_research", pgettext_lazy("need", "Research partner")
    PARTNER_COMPANY = "partner_company", pgettext_lazy("need", "Company partner")
    PARTNER_PEER = "partner_peer", _("Municipality with same need")
    CITIZENS = "citizens", _("Citizens or users to take part")
    STUDENTS = "students", _("Student project")
    DATA = "data", _("Data or analysis")
    FUNDING = "funding", _("Funding")
    SKILLS = "skills", _("Skills or training")
    LAW = "law", _("Legal or ethical advice")


class NeedStatus(models.TextChoices):
    """How far a need is; not known is the empty value and is said to be."""

    OPEN = "open", pgettext_lazy("need", "Open")
    IN_DIALOGUE = "in_dialogue", _("In dialogue")
    MATCHED = "matched", _("Has partner")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("need", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("need", "Expired")


# A need in one of these is history: it has ended.
NEED_OVER = (NeedStatus.ANSWERED, NeedStatus.WITHDRAWN, NeedStatus.EXPIRED)
