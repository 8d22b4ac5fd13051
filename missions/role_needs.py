"""A role a coalition lacks, asked for as a need: its kind, and a name to begin with."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from actors.choices import Role

from .choices import NeedKind

KIND_OF: Mapping[str, NeedKind] = {
    Role.HOST: NeedKind.TEST,
    Role.FACILITATOR: NeedKind.SKILLS,
    Role.RESEARCH: NeedKind.PARTNER_RESEARCH,
    Role.NEED_OWNER: NeedKind.IMPLEMENT,
    Role.USERS: NeedKind.CITIZENS,
    Role.FRONTLINE: NeedKind.CODEVELOP,
    Role.CIVIL_SOCIETY: NeedKind.CITIZENS,
    Role.COMPANY: NeedKind.PARTNER_COMPANY,
    Role.FUNDER: NeedKind.FUNDING,
    Role.EVALUATOR: NeedKind.EVALUATE,
    Role.PEER: NeedKind.PARTNER_PEER,
}


def name_for(role: str, entry: str) -> str:
    """What the need is called until somebody says it better, in the language that is active."""
    return _("%(role)s wanted for %(entry)s") % {"role": Role(role).label, "entry": entry}
