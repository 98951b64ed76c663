"""What owners fill in about series and topics."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns import owners
from campaigns.automations.recipes import RECIPES
from campaigns.models import Message, Segment, Step

UNITS = {"minutes": 1, "hours": 60, "days": 24 * 60}


class TopicForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(label=_("Description"), max_length=200, required=False)
    is_public = forms.BooleanField(
        label=_("On the preference page"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=1000, required=False)

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0


class AutomationForm(forms.Form):
    """Which recipe to begin with."""

    recipe = forms.ChoiceField(
        label=_("What should it follow?"), widget=forms.RadioSelect(attrs={"class": "form-check-input"})
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_shop = owners.is_shop(owner)
        choices = [(recipe.key, recipe.name) for recipe in RECIPES if is_shop or not recipe.is_of_the_shop]
        self.fields["recipe"].choices = choices  # type: ignore[attr-defined]
        self.fields["recipe"].initial = choices[0][0]


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)


class StepForm(forms.Form):
    """A wait, a condition, a message."""

    wait = forms.IntegerField(label=_("Wait"), min_value=0, max_value=525600)
    unit = forms.ChoiceField(
        label=_("Unit"), choices=[("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days"))]
    )
    message = forms.ModelChoiceField(label=_("Message"), queryset=Message.objects.none(), empty_label=None)
    bought = forms.ChoiceField(
        label=_("Only to those who"),
        required=False,
        choices=[
            ("", _("… are on the way, bought or not")),
            ("no", _("… have not bought since")),
            ("yes", _("… have bought since")),
        ],
    )
    segment = forms.ModelChoiceField(
        label=_("and are in the segment"), queryset=Segment.objects.none(), required=False, empty_label=_("any")
    )

    def __init__(self, *args: Any, owner: User, step: Step | None = None, **kwargs: Any) -> None:
        if step is not None:
            kwargs["initial"] = initial_of(step)
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["message"].queryset = Message.objects.owned_by(owner)  # type: ignore[attr-defined]
        self.fields["segment"].queryset = Segment.objects.owned_by(owner)  # type: ignore[attr-defined]
        if not owners.is_shop(owner):
            del self.fields["bought"]

    def values(self) -> dict[str, Any]:
        """As `automations.add_step` takes them."""
        data = self.cleaned_data
        condition: dict[str, Any] = {"bought": data.get("bought", "")}
        if segment := data.get("segment"):
            condition |= {"match": segment.rules.get("match", "all"), "rules": segment.rules.get("rules", [])}
        elif self.step is not None and self.step.condition.get("rules") and not self.knows_segment():
            # Its segment has changed or is gone: the rules that were copied stay.
            condition |= {name: self.step.condition[name] for name in ("match", "rules") if name in self.step.condition}
        return {
            "message": data["message"],
            "wait_minutes": data["wait"] * UNITS[data["unit"]],
            "condition": condition,
        }

    def knows_segment(self) -> bool:
        return bool(self.initial.get("segment"))


def initial_of(step: Step) -> dict[str, Any]:
    unit = next(
        (name for name in ("days", "hours") if step.wait_minutes and step.wait_minutes % UNITS[name] == 0), "minutes"
    )
    return {
        "wait": step.wait_minutes // UNITS[unit],
        "unit": unit,
        "message": step.message_id,
        "bought": step.condition.get("bought", ""),
        "segment": segment_of(step),
    }


def segment_of(step: Step) -> Segment | None:
    """The owner's segment with these very rules."""
    wanted = step.condition.get("rules")
    if not wanted:
        return None
    found = Segment.objects.owned_by(step.automation.owner)
    return next((each for each in found if each.rules.get("rules") == wanted), None)
