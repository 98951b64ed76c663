"""Things of the shop for tests."""

from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.images.tests.utils import get_test_image_file

from store import listing, stock
from store.models import Brand, Category, Product, Stock, Variant


class BrandFactory(DjangoModelFactory):
    class Meta:
        model = Brand
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda n: f"Brand {n}")
    slug = factory.Sequence(lambda n: f"brand-{n}")


class CategoryFactory(DjangoModelFactory):
    """`CategoryFactory(parent=…)` stands inside another; without it, it is a root."""

    class Meta:
        model = Category

    name_en = factory.Sequence(lambda n: f"Category {n}")
    slug = factory.Sequence(lambda n: f"category-{n}")

    @classmethod
    def _create(
        cls, model_class: type[Category], *args: Any, parent: Category | None = None, **fields: Any
    ) -> Category:
        if parent is None:
            return Category.add_root(**fields)
        parent.refresh_from_db()
        return parent.add_child(**fields)


class VariantFactory(DjangoModelFactory):
    """A variant with `stock` pieces on hand."""

    class Meta:
        model = Variant

    product = factory.SubFactory("store.tests.factories.ProductFactory", variant=None)
    sku = factory.Sequence(lambda n: f"SKU-{n}")
    price = Decimal("10.00")
    stock = 10

    @classmethod
    def _create(cls, model_class: type[Variant], *args: Any, **fields: Any) -> Variant:
        pieces = fields.pop("stock", 10)
        variant = super()._create(model_class, *args, **fields)
        stock.open_with(stocks=[Stock(variant=variant, on_hand=pieces)])
        listing.refresh(product_ids=[variant.product_id])
        return variant


class ProductFactory(DjangoModelFactory):
    """A product on sale with one variant: `ProductFactory(sku="A", price=Decimal("5"), stock=3)`.

    `ProductFactory(variant=None)` has none and is therefore on no list.
    """

    class Meta:
        model = Product
        skip_postgeneration_save = True

    name_en = factory.Sequence(lambda n: f"Product {n}")
    slug = factory.Sequence(lambda n: f"product-{n}")
    brand = factory.SubFactory(BrandFactory)
    category = factory.SubFactory(CategoryFactory)

    @classmethod
    def _create(cls, model_class: type[Product], *args: Any, **fields: Any) -> Product:
        offer = {name: fields.pop(name) for name in ("sku", "price", "stock", "compare_at_price") if name in fields}
        variant = fields.pop("variant", True)
        product = super()._create(model_class, *args, **fields)
        if variant:
            VariantFactory(product=product, **offer)
        return product


def picture(name: str = "picture.png", size: tuple[int, int] = (640, 480)) -> AbstractImage:
    """An image in Wagtail's library, of one colour."""
    return get_image_model().objects.create(title=name, file=get_test_image_file(name, size=size))
