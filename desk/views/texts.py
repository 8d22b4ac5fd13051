"""The texts curators answer with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curation.models import ReasonText
from keeping.requests import MemberRequest

from ..access import only_curators
from ..forms import TextForm


@require_safe
def texts(request: MemberRequest) -> HttpResponse:
    """All of them, by occasion."""
    only_curators(request.user)
    return render(request, "desk/texts.html", {"texts": ReasonText.objects.all()})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """A text of one's own."""
    only_curators(request.user)
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: MemberRequest, number: int) -> HttpResponse:
    """Change a text; answers that were sent stay as they were."""
    only_curators(request.user)
    return _form(request, get_object_or_404(ReasonText, pk=number))


@require_POST
def remove(request: MemberRequest, number: int) -> HttpResponse:
    """Take a text off the shelf; answers that were sent stay as they were."""
    only_curators(request.user)
    get_object_or_404(ReasonText, pk=number).delete()
    messages.success(request, _("The text is removed."))
    return redirect("desk:texts")


def _form(request: MemberRequest, held: ReasonText | None) -> HttpResponse:
    form = TextForm(request.POST if request.method == "POST" else None, instance=held)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The text is saved."))
        return redirect("desk:texts")
    status = 422 if form.is_bound else 200
    return render(request, "desk/text.html", {"form": form, "text": held}, status=status)
