"""Finding the person a form names by e-mail address."""

from django.forms import BaseForm
from django.utils.translation import gettext as _

from accounts.models import User


def person_named(form: BaseForm, field: str) -> User | None:
    """Somebody with an account who can log in; where there is none the form says so."""
    person = User.objects.filter(email__iexact=form.cleaned_data[field], is_active=True).first()
    if person is None:
        form.add_error(field, _("Nobody with an account has this address."))
    return person
