"""Telling that an organisation has taken a solution over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actors.access import standing
from curation import actions
from curation.fields import Pick
from labs.models import Adoption, Solution

from .. import adopting
from ..adopting_access import own_to_adopt, solution_to_adopt
from ..adopting_forms import Telling, preset, telling
from ..requests import MemberRequest
from ..throttle import allowed

EACH, TOGETHER = 10, 300  # organisations one does not speak for, in an hour


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: MemberRequest, slug: str) -> HttpResponse:
    """Who and since when; the rest may be told later."""
    solution = solution_to_adopt(slug)
    asked = telling(solution)
    if request.method != "POST":
        own = own_to_adopt(standing(request.user), solution)
        initial = preset(own.record.public_id) if own else {}
        return _form(request, solution, asked(by=request.user, initial=initial))
    if asked.pressed(request.POST):
        return _form(request, solution, asked.of(request.POST, by=request.user))
    form = asked(request.POST, by=request.user, files=request.FILES)
    if not form.is_valid():
        return _form(request, solution, form)
    if not _speaks(request, form) and not allowed("adopt", request, each=EACH, together=TOGETHER):
        return _form(request, solution, form, often=True, status=429)
    return _tell(request, solution, form)


def _tell(request: MemberRequest, solution: Solution, form: Telling) -> HttpResponse:
    """Tell it, or say kindly why it cannot be told."""
    try:
        made = adopting.tell(
            solution=solution, chosen=form.cleaned_data["adopter"], said=form.columns, values=form.values,
            by=request.user,
        )  # fmt: skip
    except adopting.AlreadyTold as held:
        return _form(request, solution, form, held=held.adoption, status=409)
    except actions.Overtaken:
        return _form(request, solution, form, overtaken=True, status=409)
    except adopting.Declined:
        form.add_error("adopter", _("It has been declined that this organisation is named here."))
        return _form(request, solution, form)
    except adopting.SourceGone:
        form.add_error("taken_from", form.fields["taken_from"].error_messages["invalid_choice"])
        return _form(request, solution, form)
    messages.success(request, _told(made))
    return redirect("keeping:adoption", solution.record.slug, made.pk)


@require_safe
@never_cache
def find(request: MemberRequest, slug: str, field: str) -> HttpResponse:
    """What the words typed so far find; published things only, and one's own organisations."""
    asked = telling(solution_to_adopt(slug))
    if not isinstance(asked.base_fields.get(field), Pick):
        raise Http404
    section = asked.of(request.GET, by=request.user)
    return render(request, "keeping/fields/found.html", {"bound": section[field]})


def _speaks(request: MemberRequest, form: Telling) -> bool:
    actor = form.cleaned_data["adopter"].actor
    return actor is not None and actor.pk in standing(request.user).speaks_for


def _told(made: Adoption) -> str:
    if made.confirmed:
        return _("Thank you. It can be read on the page now, and those it came from are told.")
    if made.adopter.is_public:
        return _("Thank you. %(name)s is asked by mail to confirm it; until then it is only named.") % {
            "name": made.adopter.name
        }
    return _("Thank you. It is shown when the curators have looked at the organisation you named.")


def _form(
    request: MemberRequest, solution: Solution, form: Telling, *, status: int = 200,
    held: Adoption | None = None, often: bool = False, overtaken: bool = False,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "solution": solution, "section": form, "held": held, "often": often, "overtaken": overtaken,
        "own": solution.owner_id is not None and solution.owner_id in standing(request.user).speaks_for,
    }  # fmt: skip
    return render(request, "keeping/adopting/tell.html", context, status=status)
