"""What is asked of an organisation: who and where, what it is known by."""

import re
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from curation.access import can_curate
from curation.choices import Kind, Side
from curation.fields import Line, Lines, Website
from curation.forms import Section
from curation.ties import PlacedSection

from ..choices import ActorKind
from ..domains import domain_of, is_public
from ..identifiers import is_cvr, is_ror, plain_cvr, plain_ror
from ..models import Actor
from ..naming import usual_side

DOMAIN = re.compile(r"(?:[a-z0-9æøå](?:[a-z0-9æøå-]{0,61}[a-z0-9æøå])?\.)+[a-z]{2,24}")


class WhoAndWhere(PlacedSection):
    """Name, kind, what it does, and where it is."""

    kind = Kind.ACTOR
    slug = "what"
    title = gettext_lazy("Who and where")
    lead = gettext_lazy("An organisation that pulls with a need or pushes with knowledge.")
    examples: ClassVar = {
        "summary_da": gettext_lazy(
            "We gather those who run the municipality's homes for older people, and try out new ways of"
            " working together with two universities."
        )
    }
    field_order = (
        "name_da", "name_en", "type", "side", "summary_da", "summary_en", "description_da", "description_en",
        "website", "places", "latitude", "longitude",
    )  # fmt: skip

    name_da = Line(
        label=gettext_lazy("Name in Danish"), most=200,
        error_messages={"required": gettext_lazy("Write the organisation's name.")},
    )  # fmt: skip
    name_en = Line(label=gettext_lazy("Name in English"), most=200, required=False)
    type = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"),
        choices=[("", gettext_lazy("Choose a kind")), *ActorKind.choices],
        error_messages={"required": gettext_lazy("Choose what kind of organisation it is.")},
    )
    side = forms.ChoiceField(
        label=gettext_lazy("Usual side"),
        help_text=gettext_lazy("PULL brings a need, PUSH brings knowledge. Left open, the kind decides."),
        choices=[("", gettext_lazy("As most of its kind")), *Side.choices], required=False,
    )  # fmt: skip
    summary_da = Lines(
        label=gettext_lazy("In short, in Danish"), most=600, required=False,
        help_text=gettext_lazy("What it does, in two or three sentences. At most 600 characters."),
    )  # fmt: skip
    summary_en = Lines(label=gettext_lazy("In short, in English"), most=600, required=False)
    description_da = Lines(
        label=gettext_lazy("More about it, in Danish"), most=6000, rows=6, required=False,
        help_text=gettext_lazy("At most 6,000 characters. An empty line begins a new paragraph."),
    )  # fmt: skip
    description_en = Lines(label=gettext_lazy("More about it, in English"), most=6000, rows=6, required=False)
    website = Website(label=gettext_lazy("Website"), required=False)

    def write(self, entry: Any) -> None:
        super().write(entry)
        if not entry.side and entry.type:
            entry.side = usual_side(entry.type)


class Identity(Section):
    """The numbers it is known by, its e-mail domain, where to write, and where one can read about it."""

    kind = Kind.ACTOR
    slug = "known"
    title = gettext_lazy("What it is known by")
    of_record = ("contact_email", "source")

    own = forms.ChoiceField(
        label=gettext_lazy("Is it your own organisation?"),
        choices=[("yes", gettext_lazy("Yes, I work there or belong to it")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("If it is, you look after its entry and can invite colleagues."),
        error_messages={"required": gettext_lazy("Say whether it is your own organisation.")},
    )
    cvr = forms.CharField(
        label=gettext_lazy("CVR number"), required=False, max_length=20,
        help_text=gettext_lazy("Eight digits, for example 55133018."),
    )  # fmt: skip
    ror = forms.CharField(
        label=gettext_lazy("ROR identifier"), required=False, max_length=60,
        help_text=gettext_lazy("For research organisations, for example https://ror.org/01aj84f44."),
    )  # fmt: skip
    email_domain = forms.CharField(
        label=gettext_lazy("E-mail domain"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "What stands after the @ in its employees' addresses. Those who have such an address may register"
            " in its name."
        ),
    )
    contact_email = forms.EmailField(
        label=gettext_lazy("Where to write about it"), required=False,
        help_text=gettext_lazy("A shared mailbox rather than a person's own. It is never shown."),
    )  # fmt: skip
    source = Lines(
        label=gettext_lazy("Where one can read about it"), most=1500, rows=2, required=False,
        help_text=gettext_lazy("A web address, a report or a decision. Part several by a semicolon."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.entry is not None and self.entry.is_public:
            del self.fields["own"]  # told by who belongs to it

    def clean_cvr(self) -> str:
        number = plain_cvr(self.cleaned_data["cvr"])
        if number and not is_cvr(number):
            raise ValidationError(_("This is no CVR number: its digits do not fit together."))
        return number

    def clean_ror(self) -> str:
        identifier = plain_ror(self.cleaned_data["ror"])
        if not identifier:
            return ""
        if not is_ror(identifier):
            raise ValidationError(_("This is no ROR identifier: its letters do not fit together."))
        others = Actor.objects.filter(ror=identifier)
        if others.exclude(pk=self.entry.pk if self.entry else None).exists():
            raise ValidationError(_("Another organisation in the register has this ROR identifier."))
        return identifier

    def clean_email_domain(self) -> str:
        """It lets colleagues in, so one can only give one's own."""
        domain = self.cleaned_data["email_domain"].strip().lower().rpartition("@")[2].rstrip(".")
        unchanged = isinstance(self.entry, Actor) and domain == self.entry.email_domain
        if not domain or unchanged:
            return domain
        if not DOMAIN.fullmatch(domain):
            raise ValidationError(_("Write a domain such as aarhus.dk."))
        if is_public(domain):
            raise ValidationError(_("Anybody can have an address there, so it tells no organisation."))
        if isinstance(self.by, User) and not can_curate(self.by) and domain not in _own_domains(self.by):
            raise ValidationError(
                _("Give the domain of your own verified address, or leave it empty for a curator to add.")
            )
        return domain


def _own_domains(user: User) -> set[str]:
    verified = EmailAddress.objects.filter(user=user, verified=True).order_by("pk")
    return {domain_of(address) for address in verified.values_list("email", flat=True)}


SECTIONS: tuple[type[Section], ...] = (WhoAndWhere, Identity)
