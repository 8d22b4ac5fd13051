"""Every form of the site: what belongs to a field is tied to it, for eyes, ears and keyboards."""

from typing import Any

import pytest
from django import forms

from tests.pages import Node, Reader

CHOICES = [("a", "Apple"), ("b", "Bear")]


class Form(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="As <people> call it", max_length=20)
    story = forms.CharField(label="Story", required=False, max_length=4000, widget=forms.Textarea)
    sure = forms.BooleanField(label="I am sure", help_text="It cannot be undone")
    fruits = forms.MultipleChoiceField(
        label="Fruits", help_text="Take what you like", choices=CHOICES, widget=forms.CheckboxSelectMultiple
    )
    one = forms.ChoiceField(label="One", choices=CHOICES, widget=forms.RadioSelect, required=False)
    pick = forms.ChoiceField(label="Pick", choices=CHOICES, required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def drawn(**sent: Any) -> Node:
    form = Form(sent) if sent else Form()
    summary = form.renderer.render("forms/errors.html", {"form": form})
    return Reader.read(f"{summary}{form}")


def described(page: Node, name: str) -> str:
    """All that is read out with a field."""
    return " ".join(page.by_id(part).text for part in page.by_id(name).attrs["aria-describedby"].split())


@pytest.mark.parametrize(
    ("name", "label", "tag", "css"),
    [
        ("id_name", "Name", "input", "form-input"),
        ("id_story", "Story (optional)", "textarea", "form-input"),
        ("id_sure", "I am sure", "input", "form-checkbox"),
        ("id_fruits_1", "Bear", "input", "form-checkbox"),
        ("id_one_0", "Apple", "input", "form-radio"),
        ("id_pick", "Pick (optional)", "select", "form-select"),
    ],
)
@pytest.mark.usefixtures("english")
def test_a_field_has_its_label_and_its_class(name: str, label: str, tag: str, css: str) -> None:
    page = drawn()
    field = page.one(tag, css, id=name)
    assert page.one("label", **{"for": field.attrs["id"]}).text == label


@pytest.fixture
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.mark.usefixtures("english")
def test_hint_limit_and_error_are_read_out_with_the_field() -> None:
    page = drawn(name="x" * 21, story="y" * 4001)
    name, story = described(page, "id_name"), described(page, "id_story")
    assert "As <people> call it" in name
    assert "Error: Ensure this value has at most 20 characters" in name
    assert story.startswith("At most 4000 characters.")
    assert "Error: Ensure this value has at most 4000 characters" in story
    assert page.by_id("id_name").attrs["aria-invalid"] == "true"
    assert page.by_id("id_story").text == "y" * 4001


def test_a_browser_does_not_cut_what_is_pasted_into_a_text() -> None:
    page = drawn()
    assert "maxlength" not in page.by_id("id_story").attrs
    assert page.by_id("id_name").attrs["maxlength"] == "20"


@pytest.mark.usefixtures("english")
def test_a_group_of_choices_is_a_fieldset_with_its_legend() -> None:
    page = drawn(name="x")
    fruits, one = page.all("fieldset")
    assert (fruits.one("legend").text, one.one("legend").text) == ("Fruits", "One (optional)")
    read_out = " ".join(page.by_id(part).text for part in fruits.attrs["aria-describedby"].split())
    assert read_out == "Take what you like Error: This field is required."
    assert [label.text for label in fruits.all("label")] == ["Apple", "Bear"]


def test_a_single_box_stands_before_its_label_with_its_hint() -> None:
    page = drawn()
    (group,) = [node for node in page.all("div", "form-group-checkbox") if "id_sure" in node]
    assert [node.tag for node in group] == ["input", "label"]
    assert described(page, "id_sure") == "It cannot be undone"


def test_every_error_of_the_summary_leads_to_its_field() -> None:
    page = drawn(one="nonsense")
    links = page.by_id("error-summary").links
    assert links == ["#id_name", "#id_sure", "#id_fruits_0", "#id_one_0"]
    for link in links:
        assert page.by_id(link[1:]).tag == "input"
    assert "Secret:" in page.by_id("error-summary").text  # said, though no link leads to what is hidden


def test_without_an_error_there_is_no_summary() -> None:
    assert "error-summary" not in drawn()
    assert "error-summary" not in drawn(name="a", sure="on", fruits=["a"], secret="s")


def test_what_was_typed_comes_back_as_text() -> None:
    page = drawn(name='"><script>x</script>', story="</textarea><b>", fruits=["b"], pick="b")
    assert page.by_id("id_name").attrs["value"] == '"><script>x</script>'
    assert page.by_id("id_story").text == "</textarea><b>"
    assert not page.all("script")
    assert not page.all("b")
    assert [box.attrs["value"] for box in page.all("input", checked="")] == ["b"]
    assert page.one("option", selected="").attrs["value"] == "b"


def test_a_hidden_field_has_no_label_and_no_class() -> None:
    page = drawn(name="x", secret="kept")
    hidden = page.one("input", type="hidden")
    assert (hidden.attrs["name"], hidden.attrs["value"]) == ("secret", "kept")
    assert "class" not in hidden.attrs
    assert not page.all("label", **{"for": "id_secret"})


def test_no_example_stands_in_a_field_where_a_label_should() -> None:
    class Ours(forms.Form):
        mail = forms.EmailField(widget=forms.EmailInput(attrs={"placeholder": "E-mail"}))

    field = Reader.read(str(Ours())).by_id("id_mail")
    assert "placeholder" not in field.attrs
