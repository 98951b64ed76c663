"""Links in rich text to products and categories, kept by their ids: a changed slug breaks none of them.

What is no longer sold becomes plain text: an `<a>` without an address.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse_lazy
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from store.choosers import category_chooser, product_chooser
from store.models import Category, Product
from store.shelves import tree

Attributes = dict[str, Any]


class ShopLinkHandler(LinkHandler):
    """One kind of link; `addresses` finds all of a text's at once."""

    model: type[Model]

    @classmethod
    def get_model(cls) -> type[Model]:
        return cls.model

    @classmethod
    def addresses(cls, ids: set[int]) -> dict[int, str]:
        raise NotImplementedError

    @classmethod
    def expand_db_attributes(cls, attrs: Attributes) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        ids = [id_of(attrs) for attrs in attrs_list]
        found = cls.addresses({pk for pk in ids if pk})
        return [f'<a href="{escape(found[pk])}">' if pk in found else "<a>" for pk in ids]

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Iterator[tuple[type[Model], Any, str, str]]:
        yield cls.model, attrs["id"], "", ""


class ProductLinkHandler(ShopLinkHandler):
    identifier = "product"
    model = Product

    @classmethod
    def addresses(cls, ids: set[int]) -> dict[int, str]:
        on_sale = Product.objects.on_sale().filter(pk__in=ids).only("slug")
        return {product.pk: product.get_absolute_url() for product in on_sale}


class CategoryLinkHandler(ShopLinkHandler):
    identifier = "category"
    model = Category

    @classmethod
    def addresses(cls, ids: set[int]) -> dict[int, str]:
        return {shelf.pk: shelf.url for shelf in tree().by_path.values() if shelf.pk in ids}


def id_of(attrs: Attributes) -> int:
    """0 for what is no id."""
    text = str(attrs.get("id", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


class ShopLinkElement(LinkElementHandler):
    """A stored link → what the editor knows of it; the name stands in its tooltip."""

    def __init__(self, entity_type: str, model: type[Model]) -> None:
        super().__init__(entity_type)
        self.model = model

    def get_attribute_data(self, attrs: Attributes) -> Attributes:
        pk = id_of(attrs)
        row = self.model._default_manager.filter(pk=pk).first()
        return {"id": pk, "title": str(row) if row else ""}


def link_of(linktype: str) -> Any:
    """What the editor knows of a link → how it is stored."""

    def link(props: Attributes) -> Any:
        return DOM.create_element("a", {"linktype": linktype, "id": props.get("id")}, props["children"])

    return link


def register(features: FeatureRegistry) -> None:
    """The features `product-link` and `category-link`: for fields and blocks that name them."""
    for handler, chooser, label, icon in (
        (ProductLinkHandler, product_chooser, _("Product"), "tag"),
        (CategoryLinkHandler, category_chooser, _("Category"), "folder-inverse"),
    ):
        kind, feature = handler.identifier, f"{handler.identifier}-link"
        entity = {
            "type": kind.upper(),
            "icon": icon,
            "description": label,
            "chooserUrls": {"shop": reverse_lazy(chooser.get_url_name("choose"))},
        }
        scripts = ["wagtailadmin/js/chooser-modal.js", "js/shop_links.js"]
        features.register_link_type(handler)
        features.register_editor_plugin("draftail", feature, EntityFeature(entity, js=scripts))
        rule = {
            "from_database_format": {f'a[linktype="{kind}"]': ShopLinkElement(kind.upper(), handler.model)},
            "to_database_format": {"entity_decorators": {kind.upper(): link_of(kind)}},
        }
        features.register_converter_rule("contentstate", feature, rule)
