"""A webhook in the Wagtail admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from store.errors import StoreError
from store.hooks import endpoints
from store.models import HookEndpoint


class HookEndpointForm(WagtailAdminModelForm):
    """The rules are those of `store.hooks.endpoints`; saving goes through its verbs."""

    instance: HookEndpoint

    url = forms.CharField(label=_("Address"), max_length=500, widget=forms.URLInput)
    description = forms.CharField(label=_("Description"), max_length=200, required=False)
    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=[(event.value, event.label) for event in endpoints.CHOOSABLE],
        widget=forms.CheckboxSelectMultiple,
    )
    active = forms.BooleanField(label=_("Active"), required=False, initial=True)

    class Meta:
        model = HookEndpoint
        fields = ("url", "description", "events", "active")

    def clean_url(self) -> str:
        try:
            return endpoints.checked_url(self.cleaned_data["url"])
        except StoreError as error:
            raise ValidationError(str(error)) from error

    def save(self, commit: bool = True) -> HookEndpoint:
        data: dict[str, Any] = {name: self.cleaned_data[name] for name in ("url", "events", "description")}
        if self.instance.pk is None:
            self.instance = endpoints.create(**data)
            if not self.cleaned_data["active"]:
                endpoints.change(endpoint=self.instance, active=False, **data)
            return self.instance
        stored = HookEndpoint.objects.get(pk=self.instance.pk)
        self.instance = endpoints.change(endpoint=stored, active=self.cleaned_data["active"], **data)
        return self.instance
