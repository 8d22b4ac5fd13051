"""The loop for what a page writes hundreds of times."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.utils.safestring import SafeString

ENGINE = Engine(libraries={"each": "curation.templatetags.each"})


def rendered(inside: str, *items: Any, **context: Any) -> str:
    template = ENGINE.from_string("{% load each %}{% each items %}" + inside + "{% endeach %}")
    return template.render(Context({"items": items, **context}))


def test_writes_each_with_its_own_values_and_what_they_share() -> None:
    lamps = [SimpleNamespace(label=f"Lamp {number}", number=number) for number in (1, 2)]
    assert rendered("{label}: {number} {{ unit }};", *lamps, unit="W") == "Lamp 1: 1 W;Lamp 2: 2 W;"
    assert rendered("{label}") == ""


def test_escapes_values_that_are_not_html() -> None:
    item = SimpleNamespace(said="<b>'&", html=SafeString("<b>bold</b>"))
    assert (
        rendered("{said} {html} {{ own }}", item, own="<i>") == "&lt;b&gt;&#x27;&amp; <b>bold</b> &lt;i&gt;"
    )


def test_braces_in_values_are_no_names() -> None:
    item = SimpleNamespace(label="{other}", other="secret")
    assert rendered("{label} {{ typed }}", item, typed="{other} {0} {") == "{other} {other} {0} {"


@pytest.mark.parametrize("asked", ["label.other", "label[0]", "", "0", "label!r", "label:>9"])
def test_takes_nothing_but_names(asked: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        rendered("{" + asked + "}")


def test_a_value_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(AttributeError):
        rendered("{label}", SimpleNamespace(name="Lamp"))
