"""Products, as those who keep the catalogue write them: by SKU, by the rules of the import."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from api.auth import user
from store import products as verbs
from store.api import products
from store.api.stock import actor
from store.errors import UnknownSku
from store.imports.columns import ATTRIBUTE, OPTION
from store.imports.job import start_import
from store.imports.single import save_product
from store.models import Product, Variant

router = Router(tags=["products"], auth=user)
MOST_PICTURES = 30


class ProductFields(Schema):
    """What is left out stays as it is. `category` is a path like “Home > Lamps” or a list; `pictures` are addresses
    that the worker fetches; `slug` names the product that a further variant belongs to. `options` ({"size": "M"}) and
    `attributes` ({"material": "Wool"}) are by slug; a dash empties a field. `weight` is in grams."""

    name: str | None = Field(None, max_length=255)
    name_ru: str | None = Field(None, max_length=255)
    slug: str | None = Field(None, max_length=255)
    variant: str | None = Field(None, max_length=120)
    variant_ru: str | None = Field(None, max_length=120)
    brand: str | None = Field(None, max_length=120)
    category: str | list[str] | None = None
    price: Decimal | None = Field(None, ge=0, max_digits=12, decimal_places=2)
    compare_at_price: Decimal | None = Field(None, ge=0, max_digits=12, decimal_places=2)
    description: str | None = Field(None, max_length=100_000)
    description_ru: str | None = Field(None, max_length=100_000)
    active: bool | None = None
    variant_active: bool | None = None
    new_until: date | None = None
    popularity: int | None = Field(None, ge=0, le=2**31 - 1)
    specifications: dict[str, str] | None = None
    specifications_ru: dict[str, str] | None = None
    options: dict[str, str] | None = None
    attributes: dict[str, str | Decimal | bool] | None = None
    tax_class: str | None = Field(None, max_length=32)
    weight: int | None = Field(None, ge=0, le=10_000_000)
    publish_from: datetime | None = None
    publish_until: datetime | None = None
    stock: int | None = Field(None, ge=0, le=1_000_000_000)
    low_at: int | None = Field(None, ge=0, le=1_000_000_000)
    pictures: list[str] = Field([], max_length=MOST_PICTURES)


class NewProduct(ProductFields):
    sku: str = Field(min_length=1, max_length=64)


class KeptProduct(Schema):
    """`pictures_job` is the id of the import that fetches the pictures, if there are any."""

    sku: str
    slug: str
    name: str
    variant: str
    price: str
    compare_at_price: str | None
    active: bool
    variant_active: bool
    published: bool
    archived: bool
    on_hand: int
    reserved: int
    pictures_job: int | None = None


class ProductState(Schema):
    """`published` is in the shop while `active` too; `draft`: something is written that is not published."""

    slug: str
    name: str
    published: bool = Field(alias="live")
    active: bool
    archived_at: datetime | None
    draft: bool = Field(alias="has_unpublished_changes")


STEPS = {
    "publish": verbs.publish,
    "unpublish": verbs.unpublish,
    "archive": verbs.archive,
    "unarchive": verbs.unarchive,
}
# Field of the schema → column of a file, where they differ.
COLUMNS = {
    "name": "name_en",
    "variant": "variant_en",
    "description": "description_en",
    "specifications": "specifications_en",
}


# On the shoppers' router: one address has one router.
@products.router.post("/products", response={201: KeptProduct}, auth=user)
def create_product(request: HttpRequest, payload: NewProduct) -> tuple[int, dict[str, Any]]:
    """409 `known_sku` when the SKU exists, 422 with the reason when it cannot be sold as it is."""
    require(request, "store.add_product")
    return 201, save(request, payload.sku.replace("\x00", ""), payload, must_be_new=True)[0]


@router.get("/products/sku/{path:sku}", response=KeptProduct)
def get_by_sku(request: HttpRequest, sku: str) -> dict[str, Any]:
    """Also what is not for sale."""
    require(request, "store.view_product")
    variant = Variant.objects.select_related("product", "stock").filter(sku=sku).first()
    if variant is None:
        raise UnknownSku(sku)
    return shown(variant)


@router.put("/products/sku/{path:sku}", response={200: KeptProduct, 201: KeptProduct})
def put_product(request: HttpRequest, sku: str, payload: ProductFields) -> tuple[int, dict[str, Any]]:
    """Makes the product, or changes what the body mentions; the same call twice changes nothing more."""
    require(request, "store.change_product")
    require(request, "store.add_product")
    body, created = save(request, sku, payload)
    return 201 if created else 200, body


@router.post("/products/{slug}/{step}", response=ProductState)
def take_step(
    request: HttpRequest, slug: str, step: Literal["publish", "unpublish", "archive", "unarchive"]
) -> Product:
    """Publishing takes what was written last, also of an archived one; unarchiving leaves it out of the shop. Safe to
    call twice."""
    require(request, "store.publish_product")
    product = get_object_or_404(Product, slug=slug.replace("\x00", ""))
    STEPS[step](product=product, user=request.user)
    product.refresh_from_db()
    return product


def require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied(_("Only those who keep the catalogue may do this."))


def save(
    request: HttpRequest, sku: str, payload: ProductFields, *, must_be_new: bool = False
) -> tuple[dict[str, Any], bool]:
    given = payload.dict(exclude_none=True, exclude={"pictures", "sku", "options", "attributes"})
    for kind, properties in ((OPTION, payload.options), (ATTRIBUTE, payload.attributes)):
        given |= {f"{kind}{name}": value for name, value in (properties or {}).items()}
    if "stock" in given:
        require(request, "store.change_stock")
    values = {"sku": sku} | {COLUMNS.get(name, name): value for name, value in given.items()}
    variant, created = save_product(values=values, actor=actor(request), set_stock=True, must_be_new=must_be_new)
    job = None
    if payload.pictures:
        row = json.dumps([{"sku": variant.sku, "pictures": payload.pictures}]).encode()
        file = ContentFile(row, name="pictures.json")
        work = start_import(file=file, name="pictures.json", owner=request.user, fetch_pictures=True)  # type: ignore[arg-type]
        job = work.pk
    return shown(variant) | {"pictures_job": job}, created


def shown(variant: Variant) -> dict[str, Any]:
    stock = getattr(variant, "stock", None)
    before = variant.compare_at_price
    return {
        "sku": variant.sku,
        "slug": variant.product.slug,
        "name": variant.product.name,
        "variant": variant.name or "",
        "price": str(variant.price),
        "compare_at_price": None if before is None else str(before),
        "active": variant.product.active,
        "variant_active": variant.active,
        "published": variant.product.live,
        "archived": variant.product.archived_at is not None,
        "on_hand": stock.on_hand if stock else 0,
        "reserved": stock.reserved if stock else 0,
    }
