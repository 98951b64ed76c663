"""Goods of the shop between the paragraphs of a page, as they are at the time."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from store.cards import cards_for, cards_of
from store.choosers import CategoryChooserBlock, ProductChooserBlock
from store.listing_pages import SORTS
from store.models import ProductListing


class ProductsBlock(blocks.StructBlock):
    """Products that the editor has chosen; those that are no longer sold are left out."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=80)
    products = blocks.ListBlock(ProductChooserBlock(), label=_("products"), max_num=12)

    class Meta:
        icon = "tag"
        label = _("Products")
        template = "blocks/goods.html"
        is_wide = True

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        chosen = [product.pk for product in value["products"] if product]
        goods = {"title": value["title"], "cards": cards_for(product_ids=chosen) if chosen else []}
        return super().get_context(value, parent_context=parent_context) | goods


class CategoryShelfBlock(blocks.StructBlock):
    """What a category has in stock: its newest, most popular or best rated products."""

    title = blocks.CharBlock(
        label=_("title"), required=False, max_length=80, help_text=_("The category's name while it is empty.")
    )
    category = CategoryChooserBlock(label=_("category"))
    order = blocks.ChoiceBlock(
        label=_("which ones"),
        choices=[(key, SORTS[key].label) for key in ("popular", "newest", "rating")],
        default="popular",
    )
    count = blocks.IntegerBlock(label=_("how many"), min_value=1, max_value=12, default=4)

    class Meta:
        icon = "folder-open-inverse"
        label = _("From a category")
        template = "blocks/goods.html"
        is_wide = True

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        category = value["category"]
        if category is None:
            return context
        there = ProductListing.objects.filter(in_stock=True, category_path__startswith=category.path)
        order = SORTS.get(value["order"], SORTS["popular"])
        cards = cards_of(there.order_by(*order.order)[: value["count"]])
        return context | {
            "title": value["title"] or category.name,
            "cards": cards,
            "more_url": category.get_absolute_url(),
        }
