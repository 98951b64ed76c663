"""What staff type to take an order for a customer."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from store.countries import country_choices
from store.customers import Customer
from store.models import MAX_QUANTITY
from store.payments import gateways
from store.phone_orders import LONGEST_HOLD, MOST_LINES, Discount

CUSTOMER_FIELDS = ("email", "full_name", "phone", "line1", "line2", "postal_code", "city", "region", "country")
ROWS, SPARE = 4, 2


def line(label: Any, *, required: bool = True, most: int = 200) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=most)


class PhoneOrderForm(forms.Form):
    """Customer, delivery and payment. The rules of the customer's fields are those of `store.customers`."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    full_name = line(gettext_lazy("First and last name"), most=150)
    phone = line(gettext_lazy("Phone"), required=False, most=32)
    line1 = line(gettext_lazy("Street and house"), required=False)
    line2 = line(gettext_lazy("Flat, floor"), required=False)
    postal_code = line(gettext_lazy("Postal code"), required=False, most=20)
    city = line(gettext_lazy("City"), required=False, most=100)
    region = line(gettext_lazy("Region"), required=False, most=100)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=country_choices)
    language = forms.ChoiceField(label=gettext_lazy("Language of mails and papers"), choices=settings.LANGUAGES)
    shipping_method = forms.ChoiceField(label=gettext_lazy("Way of delivery"), required=False)
    payment = forms.ChoiceField(
        label=gettext_lazy("Way of payment"),
        help_text=gettext_lazy("What the link offers first; the customer may take another one."),
    )
    hold_days = forms.IntegerField(
        label=gettext_lazy("Hold the goods for days"), min_value=1, max_value=LONGEST_HOLD, initial=3
    )
    coupon = line(gettext_lazy("Coupon"), required=False, most=100)
    discount = forms.DecimalField(
        label=gettext_lazy("Discount"),
        required=False,
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=gettext_lazy("An amount that you take off the goods."),
    )
    reason = line(gettext_lazy("Reason for the discount"), required=False, most=60)

    def __init__(self, *args: Any, offers: list[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        payment, delivery = self.fields["payment"], self.fields["shipping_method"]
        payment.choices = [(item.code, item.label) for item in gateways.choices()]  # type: ignore[attr-defined]
        delivery.choices = [  # type: ignore[attr-defined]
            ("", _("The cheapest")),
            *((offer.method.code, offer.method.name) for offer in offers or []),
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("discount") and not data.get("reason"):
            self.add_error("reason", _("Say why: it stands in the order's timeline."))
        return data

    @property
    def customer(self) -> Customer:
        return Customer(**{name: self.cleaned_data.get(name, "") for name in CUSTOMER_FIELDS})

    @property
    def own_discount(self) -> Discount | None:
        amount = self.cleaned_data.get("discount")
        return Discount(amount, self.cleaned_data["reason"]) if amount else None


class GoodForm(forms.Form):
    sku = forms.CharField(
        label=gettext_lazy("SKU"),
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"list": "skus", "autocomplete": "off", "data-sku": ""}),
    )
    quantity = forms.IntegerField(label=gettext_lazy("Quantity"), min_value=1, max_value=MAX_QUANTITY, required=False)

    def clean_sku(self) -> str:
        return str(self.cleaned_data["sku"]).replace("\x00", "").strip()


GoodFormSet = forms.formset_factory(GoodForm, extra=ROWS, max_num=MOST_LINES, absolute_max=MOST_LINES)


def goods_of(formset: Any) -> list[tuple[str, int]]:
    """SKU and quantity of the rows that are filled in; a SKU without a number is one piece."""
    rows = [form.cleaned_data for form in formset if form.cleaned_data.get("sku")]
    return [(row["sku"], row.get("quantity") or 1) for row in rows]


def new_token() -> str:
    return f"phone/{uuid.uuid4()}"
