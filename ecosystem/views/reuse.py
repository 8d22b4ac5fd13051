"""How a solution has spread: the page, its tree as a picture, all it says as a list."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from curation.models import Record
from mail.links import absolute
from places.requests import HtmxRequest

from ..reuse.export import listed, styled
from ..reuse.page import Page
from ..reuse.reading import BESIDE

type Answer = HttpResponse | HttpResponseRedirect


@login_not_required
@require_safe
@public_page
def spread(request: HtmxRequest, slug: str) -> Answer:
    """Its family tree, when and where it was taken over, and what came of it in each place."""
    record = _record(slug)
    if record.slug != slug:
        return redirect("reuse:spread", record.slug, permanent=True)
    return render(request, "ecosystem/reuse/spread.html", {"page": Page(record), "record": record})


@login_not_required
@require_safe
@public_page
def spread_svg(request: HtmxRequest, slug: str) -> Answer:
    """The tree as a picture that needs nothing else."""
    record = _record(slug)
    if record.slug != slug:
        return redirect("reuse:svg", record.slug, permanent=True)
    page = Page(record)
    context = {
        "title": page.title, "picture": page.picture, "counted": page.counted,
        "address": absolute(reverse("reuse:spread", args=[record.slug])),
    }  # fmt: skip
    text = styled(render_to_string("ecosystem/reuse/picture.html", context))
    return _file(text, "image/svg+xml", f"{record.slug}-spread.svg")


@login_not_required
@require_safe
@public_page
def spread_csv(request: HtmxRequest, slug: str) -> Answer:
    """Everybody in the tree with all that is told, as Danish Excel opens it."""
    record = _record(slug)
    if record.slug != slug:
        return redirect("reuse:csv", record.slug, permanent=True)
    page = Page(record)
    return _file(listed(page.tree, page.inspiration), "text/csv; charset=utf-8", f"{record.slug}-spread.csv")


def _record(slug: str) -> Record:
    return record_to_read(Kind.SOLUTION, slug, *BESIDE)


def _file(text: str, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        text, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
