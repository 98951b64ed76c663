"""What is typed at the checkout."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.consent_words import words_for
from accounts.models import Consent
from company.models import TermsVersion
from store import customers
from store.countries import country_choices
from store.customers import Customer
from store.shipping import Offer

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
ADDRESS_FIELDS = ("line1", "postal_code", "city")


def text(label: Any, autocomplete: str, *, required: bool = True, **attrs: Any) -> forms.CharField:
    """A line that browsers can fill in. Its rules are those of `store.customers`."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete, **attrs}),
    )


class CheckoutForm(forms.Form):
    """The whole checkout. `offers` and `gateways` are the choices of this cart here, `terms` what is to be accepted
    (None: nothing), `offers_book` whether the address can be kept."""

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
    save_address = forms.BooleanField(label=gettext_lazy("Keep this address in my address book"), required=False)
    # Apart from the terms, and unticked: agreeing to mails is nobody's price for buying (38-FZ, 152-FZ).
    newsletter = forms.BooleanField(required=False)
    terms = forms.BooleanField(
        label=gettext_lazy("Terms of sale"),
        required=False,
        error_messages={"required": gettext_lazy("Please accept the terms of sale.")},
    )
    terms_version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
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

    def __init__(
        self,
        *args: Any,
        offers: list[Offer],
        gateways: list[Any],
        terms: TermsVersion | None = None,
        offers_book: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers, self.gateways, self.current_terms = offers, gateways, terms
        delivery, payment = self.fields["shipping_method"], self.fields["payment"]
        delivery.choices = [(offer.method.code, offer.method.name) for offer in offers]  # type: ignore[attr-defined]
        payment.choices = [(gateway.code, gateway.label) for gateway in gateways]  # type: ignore[attr-defined]
        self.fields["phone"].help_text = _("Only for the courier.")
        self.fields["postal_code"].required = self.chosen_country not in customers.WITHOUT_POSTAL_CODE
        if self.is_collected:
            for name in ADDRESS_FIELDS:
                self.fields[name].required = False
        if not offers_book:
            del self.fields["save_address"]
        self.fields["newsletter"].label = words_for(Consent.Purpose.NEWSLETTER)
        self.fields["terms"].required = terms is not None
        if terms is None:
            del self.fields["terms"]
        if not self.is_bound:
            self.initial.setdefault("token", uuid.uuid4().hex)

    @property
    def chosen_country(self) -> str:
        return str((self.data if self.is_bound else self.initial).get("country", ""))

    @property
    def is_collected(self) -> bool:
        """The goods are fetched from the shop: nobody needs to say where they live."""
        code = self.chosen("shipping_method", self.initial.get("shipping_method", ""))
        return any(offer.method.code == code and offer.method.is_pickup for offer in self.offers)

    @property
    def address_values(self) -> list[tuple[str, str]]:
        """What was typed as an address before the goods were to be collected: it comes back with another choice."""
        values = [(name, self[name].value()) for name in (*ADDRESS_FIELDS, "line2")]
        return [(name, value) for name, value in values if value]

    def chosen(self, name: str, default: str) -> str:
        """What is ticked now: the typed value, the initial one, or the default."""
        value = self.data.get(name) if self.is_bound else self.initial.get(name)
        allowed = [code for code, _label in self.fields[name].choices]  # type: ignore[attr-defined]
        return str(value) if value in allowed else default

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(name in self.errors for name in CUSTOMER_FIELDS):
            try:
                self.customer = customers.clean(
                    Customer(**{name: data.get(name, "") for name in CUSTOMER_FIELDS}), is_collected=self.is_collected
                )
            except ValidationError as error:
                self.add_error(None, error)
        return data

    def price_has_changed(self, goods: Decimal) -> bool:
        """Other than the page had shown, the discount taken off."""
        seen = self.cleaned_data.get("seen")
        return seen is not None and seen != goods

    @property
    def terms_have_changed(self) -> bool:
        """A new version came while the page was open: it is to be read first."""
        shown = self.cleaned_data.get("terms_version", "")
        return self.current_terms is not None and shown != self.current_terms.version
