"""A form for each kind of block. What is stored of a block is `value()`, which `initial_of` reads again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images import get_image_model

from campaigns.message_blocks import MOST_SHOWN, MessageBlocks
from company.uploads import MEGABYTE, UploadRefused, check_picture, check_size, stripped
from store.models import Product

LONG = {"rows": 8, "data-merge-target": ""}
MOST_BYTES = 5 * MEGABYTE
MOST_SUMMARY = 160


class BlockForm(forms.Form):
    def value(self) -> Any:
        return self.cleaned_data

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return dict(value)

    @classmethod
    def summary_of(cls, value: Any) -> str:
        """The words in it, in the order of the fields; of a choice its label."""
        said = cls.initial_of(value)
        words = []
        for name, field in cls.base_fields.items():
            text = said.get(name)
            if isinstance(field, forms.ChoiceField):
                text = dict(field.choices).get(text)  # type: ignore[arg-type]
            if isinstance(text, str | Promise):
                words.append(" ".join(str(text).split()))
        return " · ".join(filter(None, words))[:MOST_SUMMARY]


class WordsForm(BlockForm):
    """A block that is one text."""

    def value(self) -> Any:
        return self.cleaned_data["text"]

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return {"text": value}


class HeadingForm(WordsForm):
    text = forms.CharField(label=gettext_lazy("Text"), max_length=160)


class TextForm(WordsForm):
    text = forms.CharField(label=gettext_lazy("Text"), max_length=20_000, widget=forms.Textarea(attrs=LONG))


class DividerForm(BlockForm):
    def value(self) -> Any:
        return None

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return {}


class PictureForm(BlockForm):
    file = forms.FileField(label=gettext_lazy("Picture"), required=False)
    alt = forms.CharField(label=gettext_lazy("Words for those who do not see it"), max_length=200, required=False)
    url = forms.URLField(label=gettext_lazy("Leads to"), required=False, max_length=1000, assume_scheme="https")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file:
            if not self.initial.get("image"):
                raise ValidationError(_("Choose a picture."))
            return None
        try:
            check_size(file, MOST_BYTES)
            check_picture(file)
            return stripped(file) or file
        except UploadRefused as error:
            raise ValidationError(str(error)) from error

    def value(self) -> Any:
        file, alt = self.cleaned_data["file"], self.cleaned_data["alt"]
        image = self.initial.get("image")
        if file:
            file.seek(0)
            image = get_image_model().objects.create(title=alt or file.name, file=file).pk
        return {"image": image, "alt": alt, "url": self.cleaned_data["url"]}


class ButtonForm(BlockForm):
    label = forms.CharField(label=gettext_lazy("Label"), max_length=60)
    url = forms.URLField(label=gettext_lazy("Leads to"), max_length=1000, assume_scheme="https")


class ColumnsForm(BlockForm):
    left = forms.CharField(label=gettext_lazy("Left column"), max_length=5000, widget=forms.Textarea(attrs=LONG))
    right = forms.CharField(label=gettext_lazy("Right column"), max_length=5000, widget=forms.Textarea(attrs=LONG))


def product_at(address: str) -> int:
    """By its page's address, or the last part of that."""
    slug = address.strip().rstrip("/").rpartition("/")[2]
    pk = Product.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if pk is None:
        raise ValidationError(_("There is no product at “%(address)s”.") % {"address": address.strip()[:100]})
    return pk


class ProductForm(BlockForm):
    product = forms.CharField(label=gettext_lazy("Address of the product’s page"), max_length=300)

    def clean_product(self) -> int:
        return product_at(self.cleaned_data["product"])

    def value(self) -> Any:
        return self.cleaned_data["product"]

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return {"product": Product.objects.filter(pk=value).values_list("slug", flat=True).first() or ""}


class ProductsForm(BlockForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    products = forms.CharField(
        label=gettext_lazy("Addresses of the products’ pages, one per line"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": MOST_SHOWN}),
    )

    def clean_products(self) -> list[int]:
        lines = [line for line in self.cleaned_data["products"].splitlines() if line.strip()]
        if len(lines) > MOST_SHOWN:
            raise ValidationError(_("%(count)d products are the most.") % {"count": MOST_SHOWN})
        return [product_at(line) for line in lines]

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        ids = [item["value"] if isinstance(item, dict) else item for item in value["products"]]
        slugs = dict(Product.objects.filter(pk__in=ids).values_list("pk", "slug"))
        return {"title": value["title"], "products": "\n".join(slugs[pk] for pk in ids if pk in slugs)}


class RecommendationsForm(BlockForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    source = forms.ChoiceField(
        label=gettext_lazy("Which ones"),
        choices=[("popular", gettext_lazy("Most popular")), ("newest", gettext_lazy("Newest"))],
        help_text=gettext_lazy("Of the whole shop, on the day it goes out; every reader sees the same ones."),
    )
    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=MOST_SHOWN, initial=4)


class CouponForm(BlockForm):
    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    text = forms.CharField(label=gettext_lazy("Text"), max_length=200, required=False)


class CartForm(BlockForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    label = forms.CharField(
        label=gettext_lazy("Label of the button"),
        max_length=60,
        initial=gettext_lazy("Open my cart"),
        help_text=gettext_lazy("Only in a series about carts that were left: each reader sees their own goods."),
    )


class PostsForm(BlockForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=MOST_SHOWN, initial=3)


FORMS: dict[str, type[BlockForm]] = {
    "heading": HeadingForm,
    "text": TextForm,
    "image": PictureForm,
    "button": ButtonForm,
    "columns": ColumnsForm,
    "divider": DividerForm,
    "product": ProductForm,
    "products": ProductsForm,
    "recommendations": RecommendationsForm,
    "coupon": CouponForm,
    "cart": CartForm,
    "posts": PostsForm,
}


def label_of(kind: str) -> str | Promise:
    return MessageBlocks().child_blocks[kind].label
