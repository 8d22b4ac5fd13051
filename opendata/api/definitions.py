"""What each of a place's numbers counts, in a sentence."""

from django.utils.translation import gettext as _

from ecosystem.balance import EvidenceKind


def definitions() -> dict[str, str]:
    """What each number counts, in the language of the moment."""
    return {
        EvidenceKind.NEED: _(
            "Published needs that have not ended and belong, or ever belonged, to the place."
        ),
        EvidenceKind.MISSION: _(
            "Published missions that have not ended and belong, or ever belonged, to the place."
        ),
        EvidenceKind.LAB: _(
            "Published living labs that have not ended and belong, or ever belonged, to the place."
        ),
        EvidenceKind.OFFER: _(
            "Published offers that have not ended and belong, or ever belonged, to the place."
        ),
        EvidenceKind.PUSH_ACTOR: _(
            "Published actors that have not ended, belong or ever belonged to the place and usually stand on"
            " the PUSH side."
        ),
        EvidenceKind.PULL_LINK: _(
            "Links of labs, memberships of coalitions and relations of actors, on the PULL side or on both,"
            " that go on between two published entries that have not ended, at least one of them in the"
            " place."
        ),
        EvidenceKind.PUSH_LINK: _(
            "Links of labs, memberships of coalitions and relations of actors, on the PUSH side or on both,"
            " that go on between two published entries that have not ended, at least one of them in the"
            " place."
        ),
        "pull": _("All that counts on the PULL side: needs, missions, labs and links on the PULL side."),
        "push": _(
            "All that counts on the PUSH side: offers, actors on the PUSH side and links on the PUSH side."
        ),
        "labs": _("Published living labs of the place that have not ended."),
        "publishing": _("Those of its labs that have published that they used the PULL mirror."),
        "told": _("Those of its labs that show the whole result of the PULL mirror."),
        "trials": _("Published trials of the place that have not ended."),
        "in_use": _("Published solutions of the place that are in use in daily operation."),
        "solutions": _("Published solutions of the place that have not ended."),
        "documented": _("Those of its solutions with a value that is counted, evaluated or compared."),
        "innovations": _(
            "Those of its solutions that are new where they began, in use and of documented value."
        ),
    }
