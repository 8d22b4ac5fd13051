"""Forms in the markup of Det Fælles Designsystem: label, hint, error and field, in that order."""

from typing import Any

from django.forms import BoundField, widgets
from django.forms.renderers import TemplatesSetting

CLASSES: tuple[tuple[tuple[type[widgets.Widget], ...], str], ...] = (
    ((widgets.CheckboxInput, widgets.CheckboxSelectMultiple), "form-checkbox"),
    ((widgets.RadioSelect,), "form-radio"),
    ((widgets.Select,), "form-select"),
    ((widgets.Input, widgets.Textarea), "form-input"),
)


class DkfdsBoundField(BoundField):
    """A field that knows its class in the design system and where an error's link leads."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: widgets.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden:
            own = widget.attrs.get("class", "")
            built["class"] = f"{class_of(widget)} {own}".strip()
            built["placeholder"] = False  # a label and a hint stay while one types
        if self.limit:
            built["maxlength"] = False  # browsers cut what is pasted without a word
        return built

    @property
    def limit(self) -> int | None:
        """How much there is room for where one writes at length; the administration says it its own way."""
        at_length = type(self.field.widget) is widgets.Textarea
        return getattr(self.field, "max_length", None) if at_length else None

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not self.limit or not self.auto_id:
            return described
        return " ".join([f"{self.auto_id}_limit", *described.split()])

    @property
    def error_target(self) -> str:
        """The id an error's link leads to: a group's first choice, as the group itself takes no focus."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def is_single_box(self) -> bool:
        """Whether it is one box to tick, whose label stands behind it."""
        return type(self.field.widget) is widgets.CheckboxInput


def class_of(widget: widgets.Widget) -> str:
    """The class of the design system for a widget; a group of choices hands it to each."""
    return next((name for kinds, name in CLASSES if isinstance(widget, kinds)), "")


class DkfdsRenderer(TemplatesSetting):
    """Renders every form of the site."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = DkfdsBoundField
