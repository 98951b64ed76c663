"""Forms of the catalogue in the Wagtail admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node
from wagtail.admin.forms import WagtailAdminModelForm

from store import options, stock
from store.errors import StoreError
from store.models import Category, Product, Stock
from store.product_rows import attach_stock
from store.slugs import unique_slug


class NamedForm(WagtailAdminModelForm):
    """At least one language has a name; a slug that is left empty is made from it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("The address; made from the name when left empty.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        name = next((data[field] for field in ("name_en", "name_ru", "name") if data.get(field)), "")
        if not name and not set(self.errors) & {"name", "name_en", "name_ru"}:
            self.add_error("name_en" if "name_en" in self.fields else "name", gettext("A name is needed."))
        if name and not data.get("slug") and "slug" not in self.errors:
            model: type[Model] = self._meta.model
            data["slug"] = unique_slug(model, name)
        return data


class ProductForm(NamedForm):
    """Saved with its variants, pictures and specifications."""

    class Meta:
        model = Product
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "variants" in self.formsets:
            attach_stock(form.instance for form in self.formsets["variants"].forms)

    def is_valid(self) -> bool:
        return super().is_valid() and self.arrange_variants()

    def arrange_variants(self) -> bool:
        """Put each variant's options in order and name it by them; whether they can stand beside each other."""
        forms_kept = [form for form in self.formsets["variants"].forms if not is_left_out(form)]
        try:
            for form in forms_kept:
                options.assign(variant=form.instance, values=options.values_of(form.instance))
            options.check_combinations([options.values_of(form.instance) for form in forms_kept])
        except StoreError as error:
            self.add_error(None, str(error))
            return False
        return True


def is_left_out(form: Any) -> bool:
    """Taken out by the editor, off sale and without options, or one of the empty ones."""
    if form.cleaned_data.get("DELETE"):
        return True
    if not form.instance.pk:
        return not form.has_changed()
    return not form.instance.active and not form.instance.value_ids


class CategoryForm(NamedForm):
    """The parent is a field; the tree is moved accordingly."""

    parent: "forms.ModelChoiceField[Category]" = forms.ModelChoiceField(
        Category.objects.none(), required=False, label=_("stands in"), empty_label=_("— top of the shop —")
    )

    class Meta:
        model = Category
        fields = (
            "name_en",
            "name_ru",
            "slug",
            "intro_en",
            "intro_ru",
            "image",
            "size_guide_en",
            "size_guide_ru",
            "tax_class",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Category.objects.order_by("path")
        field = self.fields["parent"]
        if self.instance.pk:
            choices = choices.exclude(path__startswith=self.instance.path)
            parent = self.instance.get_parent()
            field.initial = parent and parent.pk
        field.queryset = choices
        field.label_from_instance = indented

    def clean_parent(self) -> Category | None:
        parent: Category | None = self.cleaned_data["parent"]
        depth = parent.depth + 1 if parent else 1
        if depth * MP_Node.steplen > Category._meta.get_field("path").max_length:  # type: ignore[operator]
            raise ValidationError(gettext("Categories cannot be nested that deeply."))
        return parent

    def save(self, commit: bool = True) -> Category:
        category: Category = super().save(commit=False)
        parent: Category | None = self.cleaned_data["parent"]
        if not category.pk:
            return parent.add_child(instance=category) if parent else Category.add_root(instance=category)
        category.save()
        place(category, parent)
        return category


def indented(category: Category) -> str:
    return f"{'— ' * (category.depth - 1)}{category.name}"


def place(category: Category, parent: Category | None) -> None:
    """Move to the end of `parent`'s children, unless it stands there already."""
    current = category.get_parent()
    if (current and current.pk) == (parent and parent.pk):
        return
    if parent:
        category.move(parent, "last-child")
    else:
        category.move(Category.get_last_root_node(), "right")


class StockForm(WagtailAdminModelForm):
    """The count on the shelf, changed by the verb that everybody uses."""

    instance: Stock

    class Meta:
        model = Stock
        fields = ("on_hand", "low_at")

    def clean_on_hand(self) -> int:
        on_hand: int = self.cleaned_data["on_hand"]
        if not 0 <= on_hand <= stock.MAX_ON_HAND:
            raise ValidationError(gettext("The count must be a whole number from 0."))
        return on_hand

    def _post_clean(self) -> None:
        """The row itself is the verb's to check and write, against what is reserved at that moment."""

    def save(self, commit: bool = True) -> Stock:
        """Raises StoreError when orders hold more."""
        sku, actor = self.instance.variant.sku, self.for_user.email if self.for_user else ""
        self.instance = stock.set_on_hand(sku=sku, on_hand=self.cleaned_data["on_hand"], actor=actor)
        stock.set_low_at(sku=sku, low_at=self.cleaned_data["low_at"])
        self.instance.low_at = self.cleaned_data["low_at"]
        return self.instance

    def try_save(self) -> Stock | None:
        """None, with the reason at the field, when orders hold more."""
        try:
            return self.save()
        except StoreError as error:
            self.add_error("on_hand", str(error))
            return None
