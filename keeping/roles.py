"""The roles people have, in words they can read, and which of them may do what.

Shown at `/roles/` and written down in `docs/roles.md`. What each page answers to each role is written in
`tests/config/test_permissions.py`.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class RoleInWords:
    """What somebody is to the register, and how one becomes it."""

    slug: str
    name: Any
    description: Any
    how: Any


@dataclass(frozen=True)
class Activity:
    """Something one can do, who may, and where the right ends."""

    name: Any
    roles: frozenset[str]
    limit: Any = ""

    @property
    def row(self) -> list[bool]:
        """Whether each role may, in the order of the roles."""
        return [role.slug in self.roles for role in ROLES]


ROLES = (
    RoleInWords(
        "reader",
        _("Reader"),
        _("Reads everything that is published."),
        _("Everybody, without an account."),
    ),
    RoleInWords(
        "registrant",
        _("Registrant"),
        _(
            "Registers labs, organisations, missions, needs, offers, trials and solutions and sees what"
            " becomes of them."
        ),
        _(
            "Whoever has an account. An address in an organisation’s e-mail domain is enough to register and"
            " suggest in its name, but not to edit what others have made."
        ),
    ),
    RoleInWords(
        "editor",
        _("Editor"),
        _("Edits what the organisation has in the register and keeps it true."),
        _("Invited by an owner of the organisation, or given by a steward where there is no owner."),
    ),
    RoleInWords(
        "owner",
        pgettext_lazy("member", "Owner"),
        _("Does what an editor does, and decides who belongs to the organisation."),
        _("Registers or claims the organisation, or is made owner by another one. The last one stays."),
    ),
    RoleInWords(
        "steward",
        _("Steward of a place or theme"),
        _("Reviews what is sent in from a place or about a theme, and looks after what nobody owns there."),
        _("Named by the curators, or takes over from another steward."),
    ),
    RoleInWords(
        "curator",
        _("Curator"),
        _("Looks after the whole register: reviews, answers, mends, hands over."),
        _("Named by an administrator; logs in with two factors."),
    ),
    RoleInWords(
        "admin",
        _("Administrator"),
        _("Does what a curator does, and runs the site: people, places, themes."),
        _("Named by whoever runs the register; logs in with two factors."),
    ),
)
MEMBERS = tuple(role for role in ROLES if role.slug in ("editor", "owner"))

EVERYBODY = frozenset(role.slug for role in ROLES)
WITH_ACCOUNT = EVERYBODY - {"reader"}
KEEPERS = frozenset(("steward", "curator", "admin"))
CURATORS = frozenset(("curator", "admin"))
EDITORS = frozenset(("editor", "owner")) | KEEPERS
OWNERS = frozenset(("owner",)) | CURATORS

ACTIVITIES = (
    Activity(_("Read, search and follow links"), EVERYBODY),
    Activity(
        _("Suggest an edit"), EVERYBODY, _("Shown to the owner first, after seven days to the stewards.")
    ),
    Activity(_("Begin to register"), EVERYBODY, _("An account is needed to send it in.")),
    Activity(_("Send in what one has registered, and take it back"), WITH_ACCOUNT),
    Activity(_("Claim an entry nobody looks after"), WITH_ACCOUNT, _("The curators and stewards decide.")),
    Activity(
        _("Edit a published entry"),
        EDITORS,
        _(
            "Members only what their organisation answers for, stewards only in their place or theme. Where"
            " no organisation answers for an entry, whoever made it may edit it."
        ),
    ),
    Activity(_("Confirm that an entry still holds, or say that it has ended"), EDITORS, _("The same.")),
    Activity(_("See who changed what"), EDITORS, _("Readers see the organisation instead of the person.")),
    Activity(
        _("Decide on suggested edits"), EDITORS, _("The owner is asked first, after seven days the stewards.")
    ),
    Activity(
        _("Invite people, change roles, end memberships"),
        OWNERS | {"steward"},
        _("Owners in their own organisation, stewards only where nobody owns it."),
    ),
    Activity(_("Publish, return and withdraw entries"), KEEPERS, _("Stewards in their place or theme.")),
    Activity(_("Decide on claims"), KEEPERS, _("Stewards in their place or theme.")),
    Activity(
        _("Say when one is away, and who stands in"),
        KEEPERS,
        _("Stewards for themselves. Who stands in may do the same in these days."),
    ),
    Activity(_("Name stewards"), CURATORS, _("A steward can hand over to another.")),
    Activity(_("Name curators, edit places and themes"), frozenset(("admin",))),
)
