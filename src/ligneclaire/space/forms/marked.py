"""A form that shows what is wrong with it beside each field."""

from __future__ import annotations

from django import forms


class Marked(forms.Form):
    """Its faults in the order of the page; the cursor goes into the first."""

    def faults(self) -> list[tuple[str, str]]:
        """The fields that are wrong, in the order of the page, each with its sentence."""
        return [(name, str(self.errors[name][0])) for name in self.fields if name in self.errors]

    def mark_faults(self) -> None:
        """Show which fields are wrong, and put the cursor into the first."""
        for place, (name, _sentence) in enumerate(self.faults()):
            attrs = self.fields[name].widget.attrs
            attrs["class"] = f"{attrs.get('class', '')} is-invalid".strip()
            if place == 0 and not isinstance(self.fields[name], forms.MultipleChoiceField):
                attrs["autofocus"] = True
