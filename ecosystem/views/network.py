"""The network of an entry or a place: a page, the part of it that changes, a picture and a list to keep."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curation.access import record_to_read
from curation.caching import public_page
from curation.models import Record
from curation.reference import Reference
from curation.views.lists import is_partial
from mail.links import absolute
from places.models import Place
from places.requests import HtmxRequest

from ..network.bridges import holding
from ..network.choosing import Choice, choice
from ..network.drawing import draw
from ..network.export import edge_list, styled
from ..network.graph import Network
from ..network.picture import Key, legend
from ..network.reading import network_in, network_of
from ..network.telling import Paths, node_rows, tie_rows

TEMPLATE, PICTURE = "ecosystem/network/network.html", "ecosystem/network/picture.html"

type Answer = HttpResponse | HttpResponseRedirect


@dataclass(frozen=True)
class Shown:
    """The network of something, as it was asked for, and the addresses it has."""

    network: Network
    choice: Choice
    of: Record | Place
    path: str
    svg_path: str
    csv_path: str

    @property
    def name(self) -> str:
        return self.of.name

    @property
    def title(self) -> str:
        return _("The network of %(name)s") % {"name": self.name}

    @property
    def ended(self) -> bool:
        return isinstance(self.of, Record) and self.of.ended

    @property
    def file_name(self) -> str:
        return f"{self.of.slug}-network"


@login_not_required
@require_safe
@public_page
def entry(request: HtmxRequest, kind: str, slug: str) -> Answer:
    """What an entry is tied to, and what is tied to that."""
    record = record_to_read(kind, slug)
    if record.slug != slug:
        return redirect("network:entry", kind, record.slug, permanent=True)
    return _page(request, _of_entry(request, record))


@login_not_required
@require_safe
@public_page
def entry_svg(request: HtmxRequest, kind: str, slug: str) -> Answer:
    """The same as a picture to keep."""
    record = record_to_read(kind, slug)
    if record.slug != slug:
        return redirect("network:entry_svg", kind, record.slug, permanent=True)
    return _picture(_of_entry(request, record))


@login_not_required
@require_safe
@public_page
def entry_csv(request: HtmxRequest, kind: str, slug: str) -> Answer:
    """The same as a list of ties."""
    record = record_to_read(kind, slug)
    if record.slug != slug:
        return redirect("network:entry_csv", kind, record.slug, permanent=True)
    return _list(_of_entry(request, record))


@login_not_required
@require_safe
@public_page
def place(request: HtmxRequest, address: str) -> Answer:
    """What belongs to a place, how it is tied, and what it is tied to elsewhere."""
    shown = _place_at(address)
    if shown.address != address:
        return redirect("network:place", shown.address, permanent=True)
    return _page(request, _of_place(request, shown))


@login_not_required
@require_safe
@public_page
def place_svg(request: HtmxRequest, address: str) -> Answer:
    """The same as a picture to keep."""
    shown = _place_at(address)
    if shown.address != address:
        return redirect("network:place_svg", shown.address, permanent=True)
    return _picture(_of_place(request, shown))


@login_not_required
@require_safe
@public_page
def place_csv(request: HtmxRequest, address: str) -> Answer:
    """The same as a list of ties."""
    shown = _place_at(address)
    if shown.address != address:
        return redirect("network:place_csv", shown.address, permanent=True)
    return _list(_of_place(request, shown))


def _place_at(address: str) -> Place:
    """By code, or by slug, from where one is led to the code."""
    return Place.objects.at_address(address).first() or get_object_or_404(Place, slug=address)


def _of_entry(request: HtmxRequest, record: Record) -> Shown:
    chosen = choice(request.GET, Reference.now())
    paths = (
        reverse(f"network:entry{form}", args=[record.kind, record.slug]) for form in ("", "_svg", "_csv")
    )
    return Shown(network_of(record, chosen.chosen), chosen, record, *paths)


def _of_place(request: HtmxRequest, shown: Place) -> Shown:
    chosen = choice(request.GET, Reference.now())
    paths = (reverse(f"network:place{form}", args=[shown.address]) for form in ("", "_svg", "_csv"))
    return Shown(network_in(shown, chosen.chosen), chosen, shown, *paths)


def _page(request: HtmxRequest, shown: Shown) -> HttpResponse:
    """The whole page or, on the way from one entry to the next, what changes of it."""
    partial = is_partial(request.htmx)
    response = render(request, f"{TEMPLATE}#changing" if partial else TEMPLATE, _context(shown))
    if partial:
        response["HX-Push-Url"] = shown.path + shown.choice.query
    return response


def _context(shown: Shown) -> dict[str, Any]:
    paths, held = Paths(), holding(shown.network)
    return {
        "shown": shown,
        "network": shown.network,
        "picture": draw(shown.network, paths.network),
        "holding": held,
        "nodes": node_rows(shown.network, held, paths),
        "ties": tie_rows(shown.network, paths),
        "key": [Key(looks, text) for looks, text in legend()],
    }


def _picture(shown: Shown) -> HttpResponse:
    """Links in it lead to the entries' networks from wherever it is opened."""
    paths = Paths()
    picture = draw(shown.network, lambda node: absolute(paths.network(node)))
    context = {"shown": shown, "network": shown.network, "picture": picture, "address": absolute(shown.path)}
    text = styled(render_to_string(PICTURE, context))
    return _file(text, "image/svg+xml", f"{shown.file_name}.svg")


def _list(shown: Shown) -> HttpResponse:
    return _file(edge_list(shown.network), "text/csv; charset=utf-8", f"{shown.file_name}.csv")


def _file(text: str, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        text, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
