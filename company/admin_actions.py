"""A page of the Wagtail admin that says what will happen, asks what must be asked, and calls a verb."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class ActionView(WagtailAdminTemplateMixin, FormView):
    """`allowed` decides who comes here, `act` calls the verb and returns the sentence for the flash message.

    Errors of `error_class` are shown at the form. Constructed by a viewset, which passes model and index address.
    """

    model: Any = None  # a viewset passes it
    index_url_name = ""
    header_icon = "cog"
    template_name = "company/admin/action.html"
    form_class: type[forms.Form] = forms.Form
    error_class: type[Exception]
    button_label: str | Promise = ""
    explanation: str | Promise = ""
    is_serious = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object: Any = get_object_or_404(self.model, pk=kwargs["pk"])
        if not self.allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def allowed(self) -> bool:
        raise NotImplementedError

    def act(self, data: dict[str, Any]) -> str:
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            sentence = self.act(form.cleaned_data)
        except self.error_class as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, sentence)
        return super().form_valid(form)

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        title, subtitle = str(self.page_title), self.get_page_subtitle()
        return [
            *self.breadcrumbs_items,
            {"url": self.get_success_url(), "label": capfirst(self.model._meta.verbose_name_plural)},
            {"url": "", "label": title, "sublabel": subtitle},
        ]

    def get_success_url(self) -> str:
        return reverse(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            button_label=self.button_label,
            explanation=self.explanation,
            is_serious=self.is_serious,
            cancel_url=self.get_success_url(),
        )
