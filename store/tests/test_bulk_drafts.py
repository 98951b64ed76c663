"""What an editor has begun does not bring old figures back when it is published."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from store import bulk_job, bulk_products
from store.bulk_prices import PriceRule
from store.bulk_products import Edit
from store.drafts import carry_into_drafts
from store.imports.job import start_import
from store.imports.pictures import attach
from store.models import Product, Variant
from store.tests.factories import ProductFactory, picture
from store.tests.test_import_jobs import done

pytestmark = pytest.mark.django_db


def begun(*, published: bool = False) -> Product:
    """A product at 10 with a text that an editor has saved."""
    product = ProductFactory(sku="A", price=Decimal(10), name_en="Lamp")
    product = Product.objects.get(pk=product.pk)
    product.description_en = "<p>Begun</p>"  # type: ignore[attr-defined]
    revision = product.save_revision()
    if published:
        revision.publish()
    return product


def published_again(product: Product) -> tuple[str, Decimal]:
    """An editor opens the newest text and publishes it."""
    product = Product.objects.get(pk=product.pk)
    product.get_latest_revision_as_object().save_revision().publish()
    return Product.objects.get(pk=product.pk).description_en, Variant.objects.get(sku="A").price  # type: ignore[attr-defined]


@pytest.mark.parametrize("published", [False, True])
def test_publishing_after_a_bulk_edit_keeps_the_new_price(published: bool) -> None:
    product = begun(published=published)
    edit = Edit(price=PriceRule("set", Decimal(12)))
    done(bulk_job.start(plan=bulk_products.work_out(variants=Variant.objects.all(), edit=edit), edit=edit, owner=None))
    assert published_again(product) == ("<p>Begun</p>", Decimal(12))


@pytest.mark.parametrize("published", [False, True])
def test_publishing_after_an_import_keeps_what_it_brought(published: bool) -> None:
    product = begun(published=published)
    text = b"sku,price,name_en,specifications_en\nA,15,Big lamp,Power: 5 W\n"
    done(start_import(file=ContentFile(text, name="x.csv"), name="x.csv", owner=None))
    assert published_again(product)[1] == Decimal(15)
    product.refresh_from_db()
    assert (product.name, [row.value for row in product.specifications.all()]) == ("Big lamp", ["5 W"])


@pytest.mark.parametrize("published", [False, True])
def test_publishing_after_pictures_came_keeps_them(published: bool) -> None:
    product = begun(published=published)
    image = picture()
    assert attach(product=product, source=image.file.url)
    published_again(product)
    assert [shot.image_id for shot in product.pictures.all()] == [image.pk]


def test_products_that_no_editor_has_saved_cost_one_query(django_assert_max_num_queries: object) -> None:
    ids = [ProductFactory().pk for _number in range(5)]
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        carry_into_drafts(products={pk: ["active"] for pk in ids})
