"""Returns in the Wagtail admin: found, answered, received, paid back."""

from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.permissions import register_permission_policy

from company.admin_actions import ActionView
from company.policies import LookOnlyPolicy
from store import returns
from store.errors import StoreError
from store.models import Return, ReturnStatus

register_permission_policy(Return, LookOnlyPolicy(Return))


class ReturnActionView(ActionView):
    error_class = StoreError
    permission = "store.process_return"
    status: str = ""
    done: str | Promise = ""

    def allowed(self) -> bool:
        return self.request.user.has_perm(self.permission)  # type: ignore[union-attr]

    def act(self, data: dict[str, Any]) -> str:
        user: Any = self.request.user
        self.change(self.object, user.email, data)
        details = {"number": self.object.order.number, "done": str(self.button_label)}
        log(self.object.order, "store.order", user=user, data=details)
        return str(self.done)

    def change(self, wish: Return, actor: str, data: dict[str, Any]) -> None:
        raise NotImplementedError

    def get_success_url(self) -> str:
        return reverse("store_returns:inspect", args=[self.object.pk])


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("What the customer reads"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class ApproveView(ReturnActionView):
    page_title = button_label = _("Approve")
    header_icon = "check"
    status = ReturnStatus.APPROVED
    form_class = AnswerForm
    explanation = _("The customer may send the goods; say where to and how.")
    done = _("The return is approved.")

    def change(self, wish: Return, actor: str, data: dict[str, Any]) -> None:
        returns.approve(goods_return=wish, actor=actor, answer=data["answer"])


class RefuseView(ReturnActionView):
    page_title = button_label = _("Refuse")
    header_icon = "cross"
    is_serious = True
    status = ReturnStatus.REFUSED
    form_class = AnswerForm
    explanation = _("Say why: the customer gets it by mail.")
    done = _("The return is refused.")

    def change(self, wish: Return, actor: str, data: dict[str, Any]) -> None:
        returns.refuse(goods_return=wish, actor=actor, answer=data["answer"])


class ReceiveForm(forms.Form):
    restock = forms.BooleanField(label=_("The goods stand on the shelf again"), required=False, initial=True)


class ReceiveView(ReturnActionView):
    page_title = button_label = _("Goods received")
    header_icon = "download"
    status = ReturnStatus.RECEIVED
    form_class = ReceiveForm
    explanation = _("The goods are here and have been looked at.")
    done = _("The goods are noted as received.")

    def change(self, wish: Return, actor: str, data: dict[str, Any]) -> None:
        returns.receive(goods_return=wish, actor=actor, restock=data["restock"])


class MoneyForm(forms.Form):
    shipping = forms.DecimalField(
        label=_("And of the delivery"), required=False, min_value=0, max_digits=12, decimal_places=2
    )


class RefundReturnView(ReturnActionView):
    page_title = button_label = _("Pay back")
    header_icon = "rotate"
    is_serious = True
    permission = "store.refund_order"
    status = ReturnStatus.REFUNDED
    form_class = MoneyForm
    explanation = _("What was paid for these goods goes back in the way in which it came.")
    done = _("The refund is on its way.")

    def change(self, wish: Return, actor: str, data: dict[str, Any]) -> None:
        returns.give_back(goods_return=wish, actor=actor, shipping=data["shipping"] or Decimal(0))


ACTIONS: dict[str, type[ReturnActionView]] = {
    "approve": ApproveView,
    "receive": ReceiveView,
    "refund": RefundReturnView,
    "refuse": RefuseView,
}


def buttons(wish: Return, user: Any) -> list[Button]:
    return [
        Button(view.button_label, url=reverse(f"store_returns:{verb}", args=[wish.pk]), icon_name=view.header_icon)
        for verb, view in ACTIONS.items()
        if wish.can_become(view.status) and user.has_perm(view.permission)
    ]


class ReturnFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(choices=ReturnStatus.choices, label=_("Status"))

    class Meta:
        model = Return
        fields = ("status",)


def goods(wish: Return) -> str:
    return ", ".join(f"{row.quantity} × {row.order_line.name}" for row in wish.lines.all())


class ReturnIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("order", label=_("Order"), accessor="order.number", get_url=self.get_inspect_url),
            DateColumn("requested_at", label=_("Asked for"), sort_key="requested_at"),
            Column("email", label=_("E-mail"), accessor="order.email"),
            Column("goods", label=_("Goods"), accessor=goods),
            StatusTagColumn("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        ]

    def get_base_queryset(self) -> QuerySet[Return]:
        return super().get_base_queryset().select_related("order").prefetch_related("lines__order_line")

    def search_queryset(self, queryset: QuerySet[Return]) -> QuerySet[Return]:
        words = (self.search_query or "").strip().replace("\x00", "")
        if not words:
            return queryset
        return queryset.filter(order__number__startswith=words.upper()) | queryset.filter(
            order__email__startswith=words.lower()
        )


class ReturnInspectView(generic.InspectView):
    page_title = _("Return")
    template_name = "store/admin/return.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.object.lines.select_related("order_line")
        return super().get_context_data(
            **kwargs, goods_return=self.object, lines=rows, actions=buttons(self.object, self.request.user)
        )


class ReturnViewSet(ModelViewSet):
    model = Return
    name = "store_returns"
    url_prefix = "store/returns"
    icon = "rotate"
    menu_label = _("Returns")
    index_view_class = ReturnIndexView
    inspect_view_class = ReturnInspectView
    inspect_view_enabled = True
    filterset_class = ReturnFilterSet
    search_fields = ("order__number", "order__email")
    search_backend_name = None
    ordering = ("-pk",)
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_fields = ("status",)

    def get_form_fields(self) -> list[str]:
        return []

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = ("index", "index_results", "inspect")
        own = [
            path(f"<int:pk>/{verb}/", self.construct_view(view, **self.get_common_view_kwargs()), name=verb)
            for verb, view in ACTIONS.items()
        ]
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept] + own
