"""Adding and renaming a passkey, in the words of this site."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

NAME = _("Name of the key")
NAME_HINT = _("So that you can tell it from others, such as “Work phone”.")


class AddKeyForm(AddWebAuthnForm):
    """A key logs in alone unless one says otherwise; browsers then ask for a finger, a face or a number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["name"].help_text = NAME, NAME_HINT
        alone = self.fields["passwordless"]
        alone.label = _("Log in with it alone, without a password")
        alone.help_text = _("Your browser then asks for your finger, your face or a number.")
        alone.initial = True


class EditKeyForm(EditWebAuthnForm):
    """A new name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["name"].help_text = NAME, NAME_HINT
