"""How somebody is called here, and in which language they are written to."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..models import User
from ..personal_forms import SettingsForm


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Name and language; afterwards the page goes on in the language chosen."""
    person = User.objects.get(pk=cast(User, request.user).pk)
    form = SettingsForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        with translation.override(person.language):
            messages.success(request, _("Your settings are saved."))
            return redirect(reverse("accounts:settings"))
    return render(request, "accounts/settings.html", {"form": form})
