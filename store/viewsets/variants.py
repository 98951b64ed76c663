"""A product's variants in the Wagtail admin: the panels of one, and all combinations of options at once."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.log_actions import log

from company.admin_actions import ActionView
from store import options
from store.errors import StoreError
from store.models import OptionType, OptionValue, Product, Variant

MAX_PRICE = Decimal(10) ** 9


class StockPanel(Panel):
    """How many of the variant there are; changed on its own page, by those who may."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "store/admin/stock_panel.html"
        instance: Variant

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["stock"] = getattr(self.instance, "stock", None) if self.instance.pk else None
            return context


VARIANT_PANELS = [
    FieldRowPanel(
        [FieldPanel("sku"), FieldPanel("price"), FieldPanel("compare_at_price"), StockPanel(heading=_("Stock"))]
    ),
    FieldRowPanel([FieldPanel("option1"), FieldPanel("option2"), FieldPanel("option3")]),
    FieldRowPanel([FieldPanel("image"), FieldPanel("weight"), FieldPanel("active")]),
    FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_ru")], classname="collapsed"),
]


class CombinationsForm(forms.Form):
    """Values by option, and what the new variants begin with."""

    price = forms.DecimalField(
        label=_("Price of the new variants"),
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        validators=[MaxValueValidator(MAX_PRICE)],
    )
    sku = forms.RegexField(
        r"\A[\w.-]+\Z", label=_("Their SKUs begin with"), max_length=30, help_text=_("For example TEE: TEE-NAVY-M.")
    )

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = product.variants.order_by("sort_order", "pk").first()
        self.fields["price"].initial = first.price if first else None
        self.fields["sku"].initial = first.sku.partition("-")[0] if first else product.slug[:30].upper()
        chosen = {pk for variant in product.variants.all() for pk in variant.value_ids}
        for option in OptionType.objects.all():
            values = OptionValue.objects.filter(option_type=option).select_related("option_type")
            field = forms.ModelMultipleChoiceField(
                values,
                required=False,
                label=str(option),
                widget=forms.CheckboxSelectMultiple,
                initial=[value.pk for value in values if value.pk in chosen],
            )
            field.label_from_instance = lambda value: value.name  # type: ignore[method-assign,assignment]
            self.fields[f"option-{option.pk}"] = field


class CombinationsView(ActionView):
    """Makes the variants that the product lacks; those that it has stay as they are."""

    page_title = _("Make the combinations")
    button_label = _("Make the variants")
    header_icon = "list-ul"
    form_class = CombinationsForm
    error_class = StoreError
    explanation = _(
        "Tick what the product comes in: a variant is made for each combination that it does not have yet, with an "
        "empty stock. Afterwards take out those that you do not sell, and give each its price and picture."
    )

    def allowed(self) -> bool:
        return self.request.user.has_perm("store.change_product")  # type: ignore[union-attr]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"product": self.object}

    def act(self, data: dict[str, Any]) -> str:
        values = [value for name, chosen in data.items() if name.startswith("option-") for value in chosen]
        made = options.combine(product=self.object, values=values, price=data["price"], sku=data["sku"])
        if made:
            log(self.object, "wagtail.edit", user=self.request.user, data={"variants": [each.sku for each in made]})
        return ngettext("%(count)d variant was made.", "%(count)d variants were made.", len(made)) % {
            "count": len(made)
        }

    def get_success_url(self) -> str:
        return reverse("store_products:edit", args=[self.object.pk])
