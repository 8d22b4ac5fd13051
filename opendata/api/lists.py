"""The lists of entries, and entries: as JSON and as GeoJSON, a handful of addresses for each kind."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Schema
from pydantic import create_model

from curation.models import Record
from curation.reference import Reference
from keeping.lists import LISTS, List
from mail.links import absolute

from ..stable import record_at
from .asking import Answer, Asked, FeaturesAsked, ListPart, asked_of, following, linked
from .entries import SCHEMAS, tell, with_entry
from .geojson import FEATURE, FEATURES, MEDIA_TYPE, feature_of, response_of
from .related import Related, related_to
from .site import api


def entry_at(listed: List, public_id: str) -> Record:
    """The published entry of a kind that an id stands for; of a merged one what it became."""
    record = record_at(public_id)
    if record.kind != listed.kind:
        raise Http404
    return record


def told_at(listed: List, public_id: str) -> dict[str, Any]:
    """The same as it is told."""
    record = entry_at(listed, public_id)
    whole = with_entry(listed.kind, Record.objects.filter(pk=record.pk)).get()
    return tell([whole], Reference.now())[0]


def part_of(listed: List, request: HttpRequest, asked: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A part of a list: what is told of it, and its entries."""
    found = Answer(listed, asked)
    records = found.records()
    said = {
        "count": found.count, "next": following(request, found.next_of(records)), "unknown": found.unknown,
    }  # fmt: skip
    return said, tell(records, found.reference)


def _listing(listed: List) -> Callable[..., Any]:
    """Answered as it is: that it is what the description says is shown by tests, not anew for each entry."""

    def answer(request: HttpRequest, asked: Asked) -> Any:
        said, entries = part_of(listed, request, asked)
        return JsonResponse(said | {"results": entries}, headers=linked(said["next"]))

    answer.__annotations__["asked"] = Query[asked_of(listed, Asked)]  # type: ignore[misc]
    return answer


def _features(listed: List) -> Callable[..., Any]:
    def answer(request: HttpRequest, asked: FeaturesAsked) -> Any:
        said, entries = part_of(listed, request, asked)
        features = [feature_of(entry) for entry in entries]
        data = {"type": "FeatureCollection", **said, "features": features}
        return response_of(data, linked(said["next"]))

    answer.__annotations__["asked"] = Query[asked_of(listed, FeaturesAsked)]  # type: ignore[misc]
    return answer


def _one(listed: List) -> Callable[..., Any]:
    def answer(request: HttpRequest, response: HttpResponse, public_id: str) -> Any:
        told = told_at(listed, public_id)
        response.tail = f"{told['id']}-{told['version']}"  # type: ignore[attr-defined]
        path = f"/api/v1/{listed.kind}s/{told['id']}"
        response["Link"] = (
            f'<{told["url"]}>; rel="alternate"; type="text/html",'
            f' <{absolute(path)}.geojson>; rel="alternate"; type="{MEDIA_TYPE}",'
            f' <{absolute(path)}/related>; rel="related"'
        )
        return told

    return answer


def _feature(listed: List) -> Callable[..., Any]:
    def answer(request: HttpRequest, public_id: str) -> Any:
        return response_of(feature_of(told_at(listed, public_id)), {})

    return answer


def _related(listed: List) -> Callable[..., Any]:
    def answer(request: HttpRequest, public_id: str) -> Any:
        return related_to(entry_at(listed, public_id))

    return answer


def _add(name: str, listed: List) -> None:
    kind, one = str(listed.kind), SCHEMAS[listed.kind]
    results: Any = list[one]  # type: ignore[valid-type]
    page: type[Schema] = create_model(
        f"{kind.title()}s", __base__=ListPart, __doc__=ListPart.__doc__, results=(results, ...)
    )
    entry = f"/{name}/{{slug:public_id}}"
    api.get(
        f"/{name}", response={200: page}, operation_id=f"list_{name}", url_name=name, tags=[name],
        summary=f"Published {name}",
        description="The entries of the list's page, with its filters, its words and its number.",
    )(_listing(listed))  # fmt: skip
    api.get(
        f"/{name}.geojson", response={200: FEATURES[kind]}, operation_id=f"map_{name}", tags=[name],
        url_name=f"{name}_geojson", summary=f"Published {name} as GeoJSON",
        description="The same as a FeatureCollection (RFC 7946), in the order of entry.",
    )(_features(listed))  # fmt: skip
    api.get(
        entry, response={200: one}, operation_id=f"read_{kind}", url_name=kind, tags=[name],
        summary=f"One {kind}", description="By its public id; of an entry that was merged, what it became.",
    )(_one(listed))  # fmt: skip
    api.get(
        f"{entry}.geojson", response={200: FEATURE[kind]}, operation_id=f"map_{kind}", tags=[name],
        url_name=f"{kind}_geojson", summary=f"One {kind} as GeoJSON",
        description="The same as a Feature (RFC 7946).",
    )(_feature(listed))  # fmt: skip
    api.get(
        f"{entry}/related", response={200: Related}, operation_id=f"related_to_{kind}", tags=[name],
        url_name=f"{kind}_related", summary=f"What one {kind} is tied to",
        description="Links, coalitions, answers, partners, adoptions, values and learnings, and the entries"
        " that name it; where both ends are published. Of each at most 100; `next` goes on.",
    )(_related(listed))  # fmt: skip


for _name, _listed in LISTS.items():
    _add(_name, _listed)
