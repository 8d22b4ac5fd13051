"""Which app's rows may point at which other's; import-linter does not see a relation named by a string.

And where tests keep what they share.
"""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

# From the most specific to the most general; places and accounts stand side by side.
LAYERS = (
    ("desk", "opendata"),
    ("ecosystem",),
    ("outreach",),
    ("keeping",),
    ("labs",),
    ("missions",),
    ("actors",),
    ("curation",),
    ("places", "accounts"),
    ("mail",),
)
LEVEL = {app: level for level, layer in enumerate(LAYERS) for app in layer}


def relations() -> Iterator[tuple[str, type[Model], str]]:
    """Each relation a model of ours holds, history included: its name, the model, the app it points into."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and isinstance(field.related_model, type):
                yield f"{model.__name__}.{field.name}", model, field.related_model._meta.app_label


def allowed(source: str, target: str) -> bool:
    return source == target or LEVEL[source] < LEVEL[target]


OURS = [
    (name, model._meta.app_label, target) for name, model, target in relations()
    if model._meta.app_label in LEVEL and target in LEVEL
]  # fmt: skip


@pytest.mark.parametrize(("name", "source", "target"), OURS)
def test_relations_point_downwards(name: str, source: str, target: str) -> None:
    assert allowed(source, target), f"{name} points from {source} up to {target}"


def test_the_walk_sees_the_relations_there_are() -> None:
    seen = {name for name, _source, _target in OURS}
    assert {
        "Link.lab",
        "Link.actor",
        "CoalitionMember.mission",
        "LabEvent.owner",
        "Record.created_by",
    } <= seen


def test_the_order_forbids_something() -> None:
    assert not allowed("curation", "labs")
    assert not allowed("places", "accounts")
    assert allowed("labs", "places")


def test_every_app_of_ours_has_its_place() -> None:
    with_models = {
        model._meta.app_label for model in apps.get_models() if "/site-packages/" not in _file(model)
    }
    assert with_models <= set(LEVEL)


def _file(model: type[Model]) -> str:
    return str(apps.get_app_config(model._meta.app_label).path)


def test_what_tests_share_stands_in_no_file_of_tests() -> None:
    """Whoever takes something from there takes its fixtures and its marks along, or runs its tests twice."""
    taken = re.compile(r"^from tests[\w.]*\.test_", re.MULTILINE)
    files = (settings.BASE_DIR / "tests").rglob("*.py")
    assert [file.name for file in files if taken.search(file.read_text(encoding="utf-8"))] == []
