"""Coupons in the Wagtail admin: edited, made in numbers, and who has used them."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log
from wagtail.permissions import register_permission_policy

from company.money import format_money, format_percent
from company.policies import LookOnlyPolicy
from store.coupon_batches import MOST, generate
from store.errors import StoreError
from store.models import Coupon, CouponKind, CouponUse
from store.viewsets.payments import ReadOnlyViewSet

MAY_ADD = "store.add_coupon"
register_permission_policy(CouponUse, LookOnlyPolicy(CouponUse))


def worth(coupon: Coupon) -> str:
    if coupon.kind == CouponKind.PERCENT:
        return f"−{format_percent(coupon.value)}"
    return f"−{format_money(coupon.value)}" if coupon.kind == CouponKind.AMOUNT else coupon.get_kind_display()


def uses(coupon: Coupon) -> str:
    return f"{coupon.used} / {coupon.max_uses}" if coupon.max_uses is not None else str(coupon.used)


def uses_url(coupon: Coupon) -> str:
    return f"{reverse('store_coupon_uses:index')}?coupon={coupon.pk}"


class CouponFilterSet(WagtailFilterSet):
    batch = django_filters.ChoiceFilter(label=gettext_lazy("Batch"), choices=lambda: batches())

    class Meta:
        model = Coupon
        fields = ("kind", "active", "batch")


def batches() -> list[tuple[str, str]]:
    names = Coupon.objects.exclude(batch="").order_by("batch").values_list("batch", flat=True).distinct()
    return [(name, name) for name in names[:500]]


class CouponIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("code", label=_("Code"), accessor="code", sort_key="code", get_url=self.get_edit_url),
            Column("worth", label=_("Worth"), accessor=worth),
            TitleColumn("used", label=_("Used"), accessor=uses, sort_key="used", get_url=uses_url),
            DateColumn("ends_at", label=_("Until"), sort_key="ends_at"),
            Column("batch", label=_("Batch"), accessor="batch", sort_key="batch"),
            BooleanColumn("active", label=_("Valid"), sort_key="active"),
        ]

    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons = list(super().header_buttons)
        if self.request.user.has_perm(MAY_ADD):
            url = reverse("store_coupons:generate")
            buttons.append(HeaderButton(_("Make many codes"), url=url, icon_name="copy"))
        return buttons


class BatchForm(forms.ModelForm):
    """What all codes of a batch have in common."""

    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=MOST, initial=100)
    prefix = forms.RegexField(  # type: ignore[assignment]
        r"^[A-Za-z0-9]*$",
        label=gettext_lazy("The codes begin with"),
        max_length=20,
        required=False,
        error_messages={"invalid": gettext_lazy("Latin letters and figures only.")},
    )

    class Meta:
        model = Coupon
        fields = ("batch", "kind", "value", "minimum", "starts_at", "ends_at", "excludes_sale")
        widgets = {"starts_at": AdminDateTimeInput, "ends_at": AdminDateTimeInput}

    field_order = ("count", "prefix")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["batch"].required = True


class GenerateView(WagtailAdminTemplateMixin, FormView):
    """Asks for what the codes have in common, and makes them."""

    template_name = "company/admin/action.html"
    page_title = gettext_lazy("Make many codes")
    page_subtitle = gettext_lazy("each for one purchase")
    header_icon = "copy"
    form_class = BatchForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MAY_ADD):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: BatchForm) -> HttpResponse:
        values = dict(form.cleaned_data)
        try:
            made = generate(**values)
        except StoreError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        first = Coupon.objects.filter(batch=values["batch"]).first()
        if first is not None:
            log(first, "wagtail.create", user=self.request.user, data={"batch": values["batch"], "count": made})
        messages.success(self.request, _("%(count)d codes are made.") % {"count": made})
        return redirect(f"{reverse('store_coupons:index')}?batch={values['batch']}")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("store_coupons:index"), "label": _("Coupons")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            button_label=_("Make them"),
            explanation=_("The list of the batch can be downloaded afterwards."),
            cancel_url=reverse("store_coupons:index"),
        )


class CouponViewSet(ModelViewSet):
    model = Coupon
    name = "store_coupons"
    url_prefix = "store/coupons"
    icon = "tag"
    menu_label = gettext_lazy("Coupons")
    list_per_page = 50
    ordering = ("-pk",)
    index_view_class = CouponIndexView
    filterset_class = CouponFilterSet
    search_fields = ("code", "batch")
    search_backend_name = None
    # Codes are letters, figures and what staff typed into them: batch names stay out of the file.
    list_export = ("code", "kind", "value", "used", "max_uses", "ends_at", "active")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("active"), FieldPanel("batch")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("value"), FieldPanel("minimum")]),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldRowPanel([FieldPanel("max_uses"), FieldPanel("max_uses_each")]),
            MultiFieldPanel(
                [
                    FieldPanel("excludes_sale"),
                    InlinePanel(
                        "targets",
                        [FieldPanel("product"), FieldPanel("category"), FieldPanel("brand")],
                        label=gettext_lazy("Only for"),
                    ),
                ],
                gettext_lazy("What it is for"),
            ),
        ]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("generate/", GenerateView.as_view(), name="generate")]


def amount(use: CouponUse) -> str:
    return format_money(use.amount, use.order.currency)


def order_url(use: CouponUse) -> str:
    return reverse("store_orders:inspect", args=[use.order_id])


class CouponUseFilterSet(WagtailFilterSet):
    coupon = django_filters.ModelChoiceFilter(queryset=Coupon.objects.all(), widget=forms.HiddenInput, label="")
    given_back = django_filters.BooleanFilter(
        field_name="released_at", lookup_expr="isnull", exclude=True, label=gettext_lazy("Given back")
    )

    class Meta:
        model = CouponUse
        fields = ("coupon", "given_back")


class CouponUseIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("order", label=_("Order"), accessor="order.number", get_url=order_url),
            Column("coupon", label=_("Coupon"), accessor="coupon.code", sort_key="coupon__code"),
            Column("email", label=_("Customer"), accessor="order.email"),
            Column("amount", label=_("Discount"), accessor=amount, sort_key="amount"),
            DateColumn("used_at", label=_("Used"), sort_key="used_at"),
            DateColumn("released_at", label=_("Given back"), sort_key="released_at"),
        ]

    def get_base_queryset(self) -> QuerySet[CouponUse]:
        return CouponUse.objects.select_related("coupon", "order").order_by("-pk")


class CouponUseViewSet(ReadOnlyViewSet):
    model = CouponUse
    name = "store_coupon_uses"
    url_prefix = "store/coupon-uses"
    icon = "history"
    menu_label = gettext_lazy("Coupon uses")
    inspect_view_enabled = False
    index_view_class = CouponUseIndexView
    filterset_class = CouponUseFilterSet
    search_fields = ("coupon__code", "order__number", "order__email")
