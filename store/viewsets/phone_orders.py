"""The page on which staff take an order for a customer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from company.money import format_money
from store import orders, phone_orders
from store.errors import StoreError
from store.models import CustomerRecord, Order
from store.phone_order_forms import CUSTOMER_FIELDS, GoodFormSet, PhoneOrderForm, goods_of, new_token
from store.taxes import home_country

PERMISSION = "store.process_order"


def may(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.has_perm(PERMISSION) and user.has_perm("store.view_order"))


class PhoneOrderView(WagtailAdminTemplateMixin, TemplateView):
    """“Work out” shows what it comes to, “Fill in” takes the address of the customer's last order, “Place” places."""

    template_name = "store/admin/phone_order.html"
    page_title = gettext_lazy("New order for a customer")
    header_icon = "plus"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("store_orders:index"), "label": _("Orders")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.page_title)}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        initial = {"token": new_token(), "country": home_country(), "hold_days": 3}
        return self.show(PhoneOrderForm(initial=initial | known(request.GET.get("email", ""))), GoodFormSet())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "fill" in request.POST:
            return self.fill()
        goods = GoodFormSet(request.POST)
        form = PhoneOrderForm(request.POST)
        if not goods.is_valid():
            return self.show(form, goods)
        wanted = goods_of(goods)
        if not wanted:
            form.is_valid()
            form.add_error(None, _("Name at least one product."))
            return self.show(form, goods)
        typed = {name: request.POST.get(name, "").replace("\x00", "")[:254] for name in ("country", "coupon", "email")}
        chosen = request.POST.get("shipping_method", "")[:64]
        try:
            lines, bill = phone_orders.reckon(goods=wanted, shipping_method=chosen, **typed)
        except StoreError as error:
            form.is_valid()
            form.add_error(None, str(error))
            return self.show(form, goods)
        form = PhoneOrderForm(request.POST, offers=bill.offers)
        if form.is_valid() and "place" in request.POST and self.place(form, wanted, bill):
            return redirect("store_phone_orders:placed", self.order.pk)
        return self.show(form, goods, lines=lines, bill=bill)

    def place(self, form: PhoneOrderForm, wanted: list[tuple[str, int]], bill: Any) -> bool:
        """False with the reason in the form."""
        user: Any = self.request.user
        data = form.cleaned_data
        method = data["shipping_method"] or (bill.offer.method.code if bill.offer else "")
        try:
            self.order: Order = phone_orders.place(
                goods=wanted,
                customer=form.customer,
                shipping_method=method,
                payment=data["payment"],
                staff=user,
                token=data["token"],
                hold_days=data["hold_days"],
                language=data["language"],
                coupon=data["coupon"],
                discount=form.own_discount,
            )
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                form.add_error(name if name in form.fields else None, sentences)
            return False
        except StoreError as error:
            form.add_error(None, str(error))
            return False
        details = {"number": self.order.number, "total": format_money(self.order.total, self.order.currency)}
        log(self.order, "store.phone_order", user=user, data=details)
        messages.success(self.request, _("Order %(number)s is placed.") % details)
        return True

    def fill(self) -> HttpResponse:
        """The form again, with what is known about the e-mail."""
        data = self.request.POST.copy()
        found = known(data.get("email", ""))
        if not found:
            messages.warning(self.request, _("Nobody has ordered under this address yet."))
        for name, value in found.items():
            data[name] = value
        # Unbound: nothing was asked for yet, so nothing is missing yet.
        initial = {name: data.get(name, "") for name in PhoneOrderForm.base_fields}
        goods = GoodFormSet(initial=[row for row in typed_goods(data) if row["sku"]])
        return self.show(PhoneOrderForm(initial=initial), goods)

    def show(self, form: PhoneOrderForm, goods: Any, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, goods=goods, **context))


class PlacedView(WagtailAdminTemplateMixin, TemplateView):
    """The order that was just placed, with the link that its customer got."""

    template_name = "store/admin/phone_order_placed.html"
    page_title = gettext_lazy("Order placed")
    header_icon = "check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = get_object_or_404(Order, pk=self.kwargs["pk"])
        return super().get_context_data(**kwargs, order=order, link=orders.link(order))


def typed_goods(data: Any) -> list[dict[str, str]]:
    return [
        {"sku": data.get(f"form-{row}-sku", "")[:64], "quantity": data.get(f"form-{row}-quantity", "")[:4]}
        for row in range(phone_orders.MOST_LINES)
    ]


def known(email: str) -> dict[str, str]:
    """Name and address of the last order under this e-mail."""
    email = email.replace("\x00", "").strip().lower()[:254]
    order = Order.objects.filter(email=email).order_by("-placed_at").first() if email else None
    if order is None:
        return {}
    return {name: getattr(order, name) for name in CUSTOMER_FIELDS} | {"language": order.language}


class SuggestView(View):
    """What the page's script asks while a SKU or an e-mail is typed."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if not may(request):
            raise PermissionDenied
        words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
        if kind == "products":
            found = [
                {"value": variant.sku, "label": f"{variant}, {format_money(variant.price)} ({variant.available})"}
                for variant in phone_orders.suggestions(words)
            ]
        else:
            records = CustomerRecord.objects.filter(email__istartswith=words)
            found = [
                {"value": record.email, "label": record.full_name} for record in records[: 12 if len(words) > 1 else 0]
            ]
        return JsonResponse({"items": found})


class PhoneOrderMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request)


class PhoneOrderViewSet(ViewSet):
    name = "store_phone_orders"
    url_prefix = "store/phone-orders"
    icon = "plus"
    menu_label = gettext_lazy("New order")
    menu_item_class = PhoneOrderMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", PhoneOrderView.as_view(), name="index"),
            path("<int:pk>/", PlacedView.as_view(), name="placed"),
            path("suggest/<slug:kind>/", SuggestView.as_view(), name="suggest"),
        ]
