"""What is typed to write to somebody, to answer, to say no, and to say what came of it."""

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.choices import WhatCame
from curation.fields import Line, Lines
from curation.models import Record
from keeping.guarding import SIGNER, Guarded

from ..choices import Asked, Funding
from .letter import Letter, text_of

SOONEST, LATEST = dt.timedelta(seconds=3), dt.timedelta(hours=24)
OPTIONS: dict[str, Any] = {"auto_id": "f-%s", "label_suffix": ""}


class OneLine(Line):
    """One line in earnest: what breaks lines or hides letters becomes a space."""

    def clean(self, value: Any) -> str:
        plain = "".join(letter if letter.isprintable() else " " for letter in str(value or ""))
        cleaned: str = super().clean(" ".join(plain.split()))
        return cleaned


class WriteForm(Guarded):
    """What partners need to know. Somebody who is logged in is answered at the account's address."""

    examples = {
        "project": gettext_lazy(
            "We want to find out whether a simple sensor in the bed can spare people with dementia in "
            "nursing homes the check at night that wakes them, and what the night staff do with the time."
        ),
        "asks_more": gettext_lazy(
            "Two wards for three months, an hour with the night staff every other week, and a talk with ten "
            "relatives. We bring the sensors and pay for the hours."
        ),
        "gets": gettext_lazy(
            "You keep the sensors if they help, you get your own figures before and after, and two of your "
            "staff write the guide with us."
        ),
        "when": gettext_lazy("From March 2027, for six months; the application is due on 1 December."),
    }

    project = Lines(
        most=2000, rows=6, label=gettext_lazy("What is the project about?"),
        help_text=gettext_lazy("In plain words: what do you want to find out or change, and for whom?"),
        error_messages={"required": gettext_lazy("Write what the project is about.")},
    )  # fmt: skip
    asks = forms.MultipleChoiceField(
        label=gettext_lazy("What do you ask of them?"), choices=Asked.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one thing you ask of them.")},
    )  # fmt: skip
    asks_more = Lines(
        most=1500, required=False, label=gettext_lazy("How much of it, and of whom?"),
        help_text=gettext_lazy("Hours, people, rooms, data: what they need to see whether they can."),
    )  # fmt: skip
    gets = Lines(
        most=1500, label=gettext_lazy("What do they get from it?"),
        error_messages={"required": gettext_lazy("Write what they get from it.")},
    )  # fmt: skip
    when = OneLine(
        most=200, label=gettext_lazy("When, and for how long?"),
        error_messages={"required": gettext_lazy("Write when it is, and for how long.")},
    )  # fmt: skip
    funding = forms.ChoiceField(
        label=gettext_lazy("Is there money for it?"), choices=Funding.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether there is money for it.")},
    )  # fmt: skip
    name = OneLine(
        most=120, label=gettext_lazy("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name.")},
    )  # fmt: skip
    organisation = OneLine(
        most=200, required=False, label=gettext_lazy("Your organisation"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    email = forms.EmailField(
        max_length=254, label=gettext_lazy("Your e-mail"),
        help_text=gettext_lazy(
            "The answer comes here. Those you write to never see it. We first send you one mail with a link, "
            "and pass your message on when you have pressed it."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Write the e-mail address where you want the answer.")},
    )  # fmt: skip

    def __init__(self, *args: Any, known: bool = False, **options: Any) -> None:
        super().__init__(*args, **OPTIONS | options)
        if known:
            del self.fields["email"]

    @property
    def parts(self) -> list[tuple[Any, Any]]:
        """The fields one sees, each with its worked example."""
        hidden = ("company_website", "opened")
        return [(self[name], self.examples.get(name, "")) for name in self.fields if name not in hidden]

    @property
    def times(self) -> tuple[dt.timedelta, dt.timedelta]:
        return SOONEST, LATEST

    @property
    def now_opened(self) -> str:
        """A page that is shown again keeps when it was opened, so that pressing again is enough."""
        sent = str(self.data.get("opened", ""))
        try:
            SIGNER.unsign(sent, max_age=LATEST)
        except signing.BadSignature:
            return super().now_opened
        return sent

    def clean(self) -> dict[str, Any]:
        # Somebody who has something to mend is not told of the time as well.
        cleaned = super().clean() if not self.errors else self.cleaned_data
        if Asked.OTHER in cleaned.get("asks", ()) and not cleaned.get("asks_more", "x"):
            self.add_error("asks_more", _("Write what else it is that you ask of them."))
        return cleaned

    def letter(self, *, language: str, about: Record | None) -> Letter:
        """What was written, as it is sent."""
        said = self.cleaned_data
        return Letter(
            text=text_of(said), name=said["name"], organisation=said["organisation"],
            email=said.get("email", ""), language=language, about=about,
        )  # fmt: skip


class AnswerForm(forms.Form):
    """One message more."""

    text = Lines(
        most=5000, rows=8, label=gettext_lazy("Your answer"),
        error_messages={"required": gettext_lazy("Write your answer.")},
    )  # fmt: skip

    def __init__(self, *args: Any, asked: bool = True, **options: Any) -> None:
        super().__init__(*args, **OPTIONS | options)
        if not asked:
            self.fields["text"].label = _("Your message")
            self.fields["text"].error_messages["required"] = _("Write your message.")


class DeclineForm(forms.Form):
    """Why it is not for them."""

    reason = Lines(
        most=1500, label=gettext_lazy("Why is it not for you?"),
        help_text=gettext_lazy(
            "The one who wrote reads this. A line is enough; perhaps you know who else to ask."
        ),
        error_messages={"required": gettext_lazy("Write a line about why.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **OPTIONS | options)


class CameForm(forms.Form):
    """What came of it."""

    came = forms.ChoiceField(
        label=gettext_lazy("What came of it?"), choices=WhatCame.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the four.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **OPTIONS | options)
