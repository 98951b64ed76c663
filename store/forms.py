"""What shoppers type."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from store import customers
from store.countries import country_choices
from store.customers import Customer

CUSTOMER_FIELDS = (
    "email",
    "phone",
    "full_name",
    "country",
    "line1",
    "line2",
    "postal_code",
    "city",
    "company",
    "vat_number",
)


def text(label: Any, autocomplete: str, *, required: bool = True, **attrs: Any) -> forms.CharField:
    """A line that browsers can fill in. Its rules are those of `store.customers`."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete, **attrs}),
    )


class CheckoutForm(forms.Form):
    """The whole checkout. `offers` and `gateways` are the choices of this cart here."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    # The price of the goods as this page showed it.
    seen = forms.DecimalField(widget=forms.HiddenInput, required=False)
    email = text(gettext_lazy("E-mail"), "email", type="email", inputmode="email", autocapitalize="off")
    phone = text(gettext_lazy("Phone"), "tel", required=False, type="tel", inputmode="tel")
    full_name = text(gettext_lazy("First and last name"), "name")
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), widget=forms.Select(attrs={"autocomplete": "country"}), choices=country_choices
    )
    line1 = text(gettext_lazy("Street and house number"), "address-line1")
    line2 = text(gettext_lazy("Flat, floor, company"), "address-line2", required=False)
    postal_code = text(gettext_lazy("Postal code"), "postal-code", required=False)
    city = text(gettext_lazy("City"), "address-level2")
    company = text(gettext_lazy("Company"), "organization", required=False)
    vat_number = text(gettext_lazy("VAT number"), "off", required=False, autocapitalize="characters")
    shipping_method = forms.ChoiceField(
        label=gettext_lazy("Delivery"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how we shall deliver.")},
    )
    payment = forms.ChoiceField(
        label=gettext_lazy("Payment"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you want to pay.")},
    )

    def __init__(self, *args: Any, offers: list[Any], gateways: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers, self.gateways = offers, gateways
        delivery, payment = self.fields["shipping_method"], self.fields["payment"]
        delivery.choices = [(offer.method.code, offer.method.name) for offer in offers]  # type: ignore[attr-defined]
        payment.choices = [(gateway.code, gateway.label) for gateway in gateways]  # type: ignore[attr-defined]
        self.fields["phone"].help_text = _("Only for the courier.")
        self.fields["postal_code"].required = self.chosen_country not in customers.WITHOUT_POSTAL_CODE
        if not self.is_bound:
            self.initial.setdefault("token", uuid.uuid4().hex)

    @property
    def chosen_country(self) -> str:
        return str((self.data if self.is_bound else self.initial).get("country", ""))

    def chosen(self, name: str, default: str) -> str:
        """What is ticked now: the typed value, the initial one, or the default."""
        value = self.data.get(name) if self.is_bound else self.initial.get(name)
        allowed = [code for code, _label in self.fields[name].choices]  # type: ignore[attr-defined]
        return str(value) if value in allowed else default

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(name in self.errors for name in CUSTOMER_FIELDS):
            try:
                self.customer = customers.clean(Customer(**{name: data.get(name, "") for name in CUSTOMER_FIELDS}))
            except ValidationError as error:
                self.add_error(None, error)
        return data

    def price_has_changed(self, subtotal: Decimal) -> bool:
        seen = self.cleaned_data.get("seen")
        return seen is not None and seen != subtotal


class TrackingForm(forms.Form):
    """Order number and e-mail, for whoever has lost the link."""

    number = forms.CharField(label=gettext_lazy("Order number"), max_length=20)
    email = forms.EmailField(
        label=gettext_lazy("E-mail of the order"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class CardForm(forms.Form):
    """A card of the test gateway."""

    card = forms.CharField(
        label=gettext_lazy("Card number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
