"""Wagtail's generic views, held to the rows that the user's policy reaches. Other rows do not exist: 404."""

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.models import User
from campaigns.audit import record
from campaigns.errors import CampaignError
from campaigns.forms import show_errors
from campaigns.models import Mailing
from campaigns.policies import changeable_rows, visible_rows
from campaigns.viewsets.large import LargeListMixin

HISTORY = ("history", "history_results")


def admin_user(request: HttpRequest) -> User:
    return cast(User, request.user)


def may_change(user: Any, instance: Any) -> bool:
    if getattr(instance, "kind", None) == Mailing.Kind.STEP:
        return False
    return user.is_superuser or getattr(instance, "owner_id", None) == user.pk


class ScopedIndexView(LargeListMixin, generic.IndexView):  # type: ignore[misc]
    """The list of visible rows; edit and delete are offered where they are allowed."""

    related: ClassVar[tuple[str, ...]] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        return visible_rows(self.request.user, self.model).select_related(*self.related)

    def get_edit_url(self, instance: Any) -> str | None:
        return super().get_edit_url(instance) if may_change(self.request.user, instance) else None

    def get_delete_url(self, instance: Any) -> str | None:
        return super().get_delete_url(instance) if may_change(self.request.user, instance) else None

    def title_column(self, column_class: Any, name: str, **kwargs: Any) -> Any:
        """The first column: a link to what the user may do, with the row's buttons."""

        def get_url(instance: Any) -> str | None:
            return self.get_edit_url(instance) or self.get_inspect_url(instance)

        return self._get_title_column_class(column_class)(name, get_url=get_url, **kwargs)


class ScopedInspectView(generic.InspectView):
    def get_object(self, queryset: Any = None) -> Any:
        found = visible_rows(self.request.user, self.model).filter(pk=self.pk).first()
        if found is None:
            raise Http404
        return found

    def get_edit_url(self) -> str | None:
        return super().get_edit_url() if may_change(self.request.user, self.object) else None

    def get_delete_url(self) -> str | None:
        return super().get_delete_url() if may_change(self.request.user, self.object) else None


class ScopedHistoryView(history.HistoryView):
    """For whoever may look at the row, managers too: it says who stopped a mailing and why."""

    any_permission_required: ClassVar[list[str]] = ["add", "change", "delete", "view"]

    @cached_property
    def columns(self) -> list[Column]:
        action, *others = super().columns
        return [action, Column("comment", label=_("Reason")), *others]

    def get_base_object_queryset(self) -> QuerySet[Any]:
        return visible_rows(self.request.user, self.model)


class VerbFormMixin:
    """A plain form whose values go to a verb; what the verb refuses stands in the form, nothing typed is lost."""

    form: Any
    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]
        kwargs.pop("instance", None)
        return {**kwargs, "user": self.request.user, "instance": getattr(self, "object", None)}

    def form_valid(self, form: Any) -> HttpResponse:
        self.form = form
        try:
            self.object = form.save()
        except (CampaignError, ValidationError) as error:
            show_errors(form, error)
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]
        record(instance=self.object, action=self.log_action, by=admin_user(self.request))  # type: ignore[attr-defined]
        return self.save_action()  # type: ignore[attr-defined, no-any-return]


class ScopedCreateView(VerbFormMixin, generic.CreateView):
    log_action = "wagtail.create"


class ScopedEditView(VerbFormMixin, generic.EditView):
    log_action = "wagtail.edit"

    def get_queryset(self) -> QuerySet[Any]:
        return changeable_rows(self.request.user, self.model)


class ScopedDeleteView(generic.DeleteView):
    """Deletes by the verb, which may refuse."""

    def get_queryset(self) -> QuerySet[Any]:
        return changeable_rows(self.request.user, self.model)

    def form_valid(self, form: Any) -> HttpResponse:
        instance, message, url, pk = self.object, self.get_success_message(), self.get_success_url(), self.object.pk
        try:
            self.call_verb(instance)
        except CampaignError as error:
            messages.error(self.request, str(error))
            return redirect(url)
        instance.pk = pk
        record(instance=instance, action="wagtail.delete", by=admin_user(self.request), deleted=True)
        messages.success(self.request, message)
        return redirect(url)

    def call_verb(self, instance: Any) -> None:
        raise NotImplementedError


class ScopedViewSet(ModelViewSet):
    """Rows of owners."""

    index_view_class = ScopedIndexView
    inspect_view_class = ScopedInspectView
    history_view_class = ScopedHistoryView
    inspect_view_enabled = True
    copy_view_enabled = False
    # Its signals would run for every row that the engine writes.
    add_to_reference_index = False
    list_per_page = 25
    # Usage and copies are left out: they would need a scope of their own.
    views: ClassVar[tuple[str, ...]] = ("index", "index_results", "add", "edit", "delete", "inspect", *HISTORY)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_common_view_kwargs(**kwargs)
        for name in {"add", "edit", "delete", "history", "usage"}.difference(self.views):
            kwargs.pop(f"{name}_url_name", None)
        return kwargs

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.views]


class JournalViewSet(ScopedViewSet):
    """What the engine writes: looked at by all, changed by nobody. The other addresses do not exist."""

    views: ClassVar[tuple[str, ...]] = ("index", "index_results", "inspect")

    def get_form_class(self, for_update: bool = False) -> type:
        return forms.Form
