"""What staff type about an order."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from company.money import format_money
from store import corrections
from store.models import Carrier, Order, OrderLine
from store.payments import claims, refunds, shares


class LinesForm(forms.Form):
    """A number of pieces for each line; `rows` pairs lines with their fields. Sent twice, `token` tells."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self.initial.setdefault("token", uuid.uuid4().hex)
        self.lines = [line for line in order.lines.all() if self.most(line)]
        for line in self.lines:
            self.fields[f"line_{line.pk}"] = self.quantity(line)

    def most(self, line: OrderLine) -> int:
        return line.quantity

    def first(self, line: OrderLine) -> int:
        return 0

    def quantity(self, line: OrderLine) -> forms.IntegerField:
        return forms.IntegerField(
            label=_("How many of “%(name)s”") % {"name": line.name},
            required=False,
            min_value=0,
            max_value=self.most(line),
            initial=self.first(line),
            widget=forms.NumberInput(attrs=self.attrs(line)),
        )

    def attrs(self, line: OrderLine) -> dict[str, str]:
        return {"inputmode": "numeric"}

    @property
    def rows(self) -> list[tuple[OrderLine, int, forms.BoundField]]:
        return [(line, self.most(line), self[f"line_{line.pk}"]) for line in self.lines]

    @property
    def others(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not field.name.startswith("line_")]

    def chosen(self) -> list[tuple[int, int]]:
        """`(order line id, quantity)` as the verbs take them."""
        data = self.cleaned_data
        return [(line.pk, data[f"line_{line.pk}"]) for line in self.lines if data.get(f"line_{line.pk}")]


class RefundForm(LinesForm):
    shipping = forms.DecimalField(
        label=gettext_lazy("Of the delivery"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Or a free sum"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        help_text=gettext_lazy("Instead of lines and delivery; the goods stay where they are."),
    )
    everything = forms.BooleanField(label=gettext_lazy("Everything that is left of it"), required=False)
    restock = forms.BooleanField(label=gettext_lazy("The goods stand on the shelf again"), required=False, initial=True)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, help_text=gettext_lazy("The customer reads it in the mail.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = refunds.shipping_left(self.order)
        field = self.fields["shipping"]
        field.help_text = _("At most %(left)s.") % {"left": format_money(left, self.order.currency)}
        field.widget.attrs["data-amount"] = "1"

    @property
    def left(self) -> Decimal:
        """What “everything” gives back; the form shows it while one chooses."""
        payment = claims.kept_payment(self.order)
        return claims.room(payment) if payment else Decimal(0)

    def most(self, line: OrderLine) -> int:
        return line.refundable

    def attrs(self, line: OrderLine) -> dict[str, str]:
        paid = shares.of(self.order, [line]).lines[line.pk]
        return {"inputmode": "numeric", "data-price": f"{paid / line.quantity:.6f}"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        ways = [bool(self.chosen() or data.get("shipping")), bool(data.get("amount")), bool(data.get("everything"))]
        if not self.errors and sum(ways) != 1:
            raise forms.ValidationError(_("Choose lines and delivery, or a free sum, or everything."))
        return data


class ShipForm(LinesForm):
    carrier = forms.ChoiceField(label=gettext_lazy("Carrier"), required=False)
    tracking_number = forms.CharField(label=gettext_lazy("Tracking number"), required=False, max_length=80)
    tracking_url = forms.URLField(
        label=gettext_lazy("Tracking link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Only when the carrier's own page is not the right one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Carrier.objects.filter(active=True).values_list("name", flat=True)
        choices = [("", _("Without a carrier")), *((name, name) for name in names)]
        self.fields["carrier"].choices = choices  # type: ignore[attr-defined]

    def most(self, line: OrderLine) -> int:
        return line.outstanding

    def first(self, line: OrderLine) -> int:
        return line.outstanding


class CustomerForm(forms.Form):
    """Name, contact and address; their rules are those of `store.customers`."""

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        for name, value in corrections.customer_of(order).as_dict().items():
            if name == "country":
                continue
            label = capfirst(Order._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            self.fields[name] = forms.CharField(label=label, required=False, max_length=1000, initial=value)


class NoteForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    to_customer = forms.BooleanField(
        label=gettext_lazy("The customer reads it too, and gets it by mail"), required=False
    )
