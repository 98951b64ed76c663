"""What shoppers type outside the checkout."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from store import customers
from store.checkout_form import text
from store.countries import country_choices
from store.customers import Customer
from store.models import OrderLine


class AddressForm(forms.Form):
    """One entry of the address book. Its rules are those of `store.customers`."""

    full_name = text(gettext_lazy("First and last name"), "name")
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), widget=forms.Select(attrs={"autocomplete": "country"}), choices=country_choices
    )
    line1 = text(gettext_lazy("Street and house number"), "address-line1")
    line2 = text(gettext_lazy("Flat, floor, company"), "address-line2", required=False)
    postal_code = text(gettext_lazy("Postal code"), "postal-code", required=False)
    city = text(gettext_lazy("City"), "address-level2")
    phone = text(gettext_lazy("Phone"), "tel", required=False, type="tel", inputmode="tel")
    is_default = forms.BooleanField(label=gettext_lazy("Offer this one first"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = {name: value for name, value in data.items() if name != "is_default"}
        if not self.errors:
            try:
                # Addresses belong to an account: its e-mail is not asked for here.
                self.customer = customers.clean(Customer(email="nobody@example.com", **typed))
            except ValidationError as error:
                self.add_error(None, error)
        return data


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
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ReturnForm(forms.Form):
    """Pieces of each line that may come back (`sendable`: lines with how many at most), and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you send it back?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, sendable: list[tuple[OrderLine, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sendable = sendable
        for line, most in sendable:
            self.fields[f"line_{line.pk}"] = forms.IntegerField(
                label=line.name,
                required=False,
                min_value=0,
                max_value=most,
                initial=0,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                help_text=gettext("At most %(most)d") % {"most": most},
            )

    @property
    def pieces(self) -> list[forms.BoundField]:
        return [self[f"line_{line.pk}"] for line, _most in self.sendable]

    def chosen(self) -> list[tuple[int, int]]:
        data = self.cleaned_data
        return [(line.pk, data[f"line_{line.pk}"]) for line, _most in self.sendable if data.get(f"line_{line.pk}")]
