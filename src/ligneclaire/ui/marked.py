"""A form that shows what is wrong with it: above it, and beside each field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.functional import cached_property


class MarkedField(BoundField):
    """A field that looks wrong when it is; the cursor goes into the first that is."""

    def build_widget_attrs(self, attrs: Mapping[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Those of any field, and what shows that something is wrong."""
        built: dict[str, Any] = super().build_widget_attrs(dict(attrs), widget)
        if not self.errors:
            return built
        named = (widget or self.field.widget).attrs.get("class", "")
        is_first = isinstance(self.form, Marked) and self.form.faults()[0][0] == self.auto_id
        return built | {"class": f"{named} is-invalid".strip()} | ({"autofocus": True} if is_first else {})

    @cached_property
    def subwidgets(self) -> list[BoundWidget]:
        """Of several to choose from, the cursor goes to one."""
        found: list[BoundWidget] = super().subwidgets
        for one in found[1:]:
            one.data["attrs"].pop("autofocus", None)
        return found


class Marked(forms.Form):
    """Its fields stand in the order of the page."""

    bound_field_class = MarkedField

    def faults(self) -> list[tuple[str, str]]:
        """Where something is wrong, in the order of the page, each with its sentence."""
        return [(self[name].auto_id, str(self.errors[name][0])) for name in self.fields if name in self.errors]
