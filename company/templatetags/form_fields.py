"""How a bound field is drawn: Bootstrap's classes, and the ties that screen readers follow."""

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def control_kind(field: BoundField) -> str:
    """`checkbox`, `group` (radios, several checkboxes), `hidden` or `control`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "control"


@register.filter
def as_control(field: BoundField) -> SafeString:
    """The widget with its class, `aria-invalid` and the ids of its help and error lines."""
    widget = field.field.widget
    css_class = "form-control"
    if isinstance(widget, forms.CheckboxInput):
        css_class = "form-check-input"
    elif isinstance(widget, forms.Select):
        css_class = "form-select"
    notes = []
    if field.help_text:
        notes.append(f"{field.id_for_label}-help")
    if field.errors:
        notes.append(f"{field.id_for_label}-error")
        css_class += " is-invalid"
    attrs: dict[str, str | bool] = {"class": f"{widget.attrs.get('class', '')} {css_class}".strip()}
    if notes:
        attrs["aria-describedby"] = " ".join(notes)
    return field.as_widget(attrs=attrs)


@register.filter
def as_choice(option: BoundWidget) -> SafeString:
    """One radio or checkbox of a group, drawn like the single ones."""
    option.data["attrs"]["class"] = "form-check-input"
    return option.tag()
