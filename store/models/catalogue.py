"""What is for sale."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from treebeard.mp_tree import MP_Node
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin
from wagtail.search import index

from store.blocks.sizes import SizeGuideBlock
from store.models.options import OPTION_CONSTRAINTS, WithOptions
from store.models.slugs import RemembersSlugs
from store.models.taxes import TaxClass


class Category(RemembersSlugs, index.Indexed, MP_Node):
    """A shelf; shelves stand in shelves."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=140, unique=True, allow_unicode=True)
    intro = models.TextField(_("introduction"), blank=True)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    tax_class = models.ForeignKey(
        TaxClass,
        verbose_name=_("tax class"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: as the category above it, else the usual rate."),
    )
    # Two fields and not modeltranslation's: it does not know streams.
    size_guide_en = StreamField(
        SizeGuideBlock(),
        verbose_name=_("size guide [en]"),
        blank=True,
        help_text=_("Stands beside the sizes of its products, and of those of the categories in it without their own."),
    )
    size_guide_ru = StreamField(SizeGuideBlock(), verbose_name=_("size guide [ru]"), blank=True)

    former = "category"
    source_name = models.CharField(_("name in imports"), max_length=120, blank=True, editable=False)

    search_fields: ClassVar = [
        index.SearchField("name_en"),
        index.SearchField("name_ru"),
        index.AutocompleteField("name_en"),
        index.AutocompleteField("name_ru"),
    ]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("store:category", kwargs={"slug": self.slug})


class Brand(index.Indexed, models.Model):
    """Who makes it."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("slug"), max_length=140, unique=True, allow_unicode=True)

    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProductQuerySet(models.QuerySet["Product"]):
    def on_sale(self) -> "ProductQuerySet":
        """Those that shoppers see: exactly the ones that have a listing."""
        return self.filter(listing__isnull=False)

    def for_page(self) -> "ProductQuerySet":
        """With `offers` (variants for sale, with stock), `gallery` and specifications: four queries in all."""
        offers = Variant.objects.filter(active=True).select_related("stock").order_by("sort_order", "pk")
        gallery = ProductPicture.objects.order_by("sort_order", "pk")
        return self.select_related("brand", "category", "rating").prefetch_related(
            models.Prefetch("variants", offers, to_attr="offers"),
            models.Prefetch("pictures", gallery, to_attr="gallery"),
            "specifications",
            "attributes",
        )


class Product(PreviewableMixin, DraftStateMixin, RevisionMixin, RemembersSlugs, index.Indexed, ClusterableModel):
    """What a page shows; what is bought is one of its variants.

    Price, SKU and stock are the variants'. It is for sale while it is `live` (published, within its window) and
    `active`; an archived one is neither, and its address says so. What changes without an editor (stock, what lists
    sort by) lives in tables of its own, or is kept by `with_content_json`: no old draft writes an old figure back.
    """

    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=255, unique=True, allow_unicode=True)
    brand = models.ForeignKey(
        Brand, verbose_name=_("brand"), null=True, blank=True, on_delete=models.SET_NULL, related_name="products"
    )
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="products"
    )
    tax_class = models.ForeignKey(
        TaxClass,
        verbose_name=_("tax class"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: as its category, else the usual rate."),
    )
    description = RichTextField(_("description"), blank=True, features=["h3", "bold", "italic", "ol", "ul", "link"])
    active = models.BooleanField(_("for sale"), default=True)
    popularity = models.PositiveIntegerField(_("popularity"), default=0, help_text=_("What “most popular” sorts by."))
    new_until = models.DateField(
        _("new until"), null=True, blank=True, help_text=_("Until this day lists show it with the badge “New”.")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    archived_at = models.DateTimeField(_("archived"), null=True, editable=False)

    former = "product"
    objects = ProductQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("name_en", boost=4),
        index.SearchField("name_ru", boost=4),
        index.AutocompleteField("name_en"),
        index.AutocompleteField("name_ru"),
        index.RelatedFields("brand", [index.SearchField("name")]),
        index.RelatedFields("variants", [index.SearchField("sku"), index.AutocompleteField("sku")]),
        index.FilterField("active"),
        index.FilterField("live"),
        index.FilterField("brand_id"),
        index.FilterField("category_id"),
        index.FilterField("created_at"),
    ]

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["-pk"]
        permissions = [("publish_product", "Can publish product")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("store:product_detail", kwargs={"slug": self.slug})

    @property
    def is_for_sale(self) -> bool:
        return self.active and self.live

    @property
    def was_for_sale(self) -> bool:
        """It has left the shop for good: its address says so instead of “not found”."""
        return self.archived_at is not None or (self.expired and not self.live)

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            if self.pk and "variants" in getattr(self, "_cluster_related_objects", {}):
                self.keep_ordered_variants()
                # The variants are about to be written one by one: two that swap options meet on the way.
                Variant.objects.filter(product=self.pk).update(option1=None, option2=None, option3=None)
            super().save(*args, **kwargs)

    def keep_ordered_variants(self) -> None:
        """A variant that was taken out, but ordered once, is only taken off sale."""
        kept = [variant.pk for variant in self.variants.all() if variant.pk]
        lost = Variant.objects.filter(product=self.pk, order_lines__isnull=False).exclude(pk__in=kept).distinct()
        for variant in lost:
            variant.active = False
            variant.option1 = variant.option2 = variant.option3 = None
            self.variants.add(variant)

    def with_content_json(self, content: Any) -> "Product":
        """What belongs to the product and not to a draft stays as it is now, however old the draft."""
        product: Product = super().with_content_json(content)
        product.popularity = self.popularity
        product.created_at = self.created_at
        product.archived_at = self.archived_at
        return product

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "store/product_preview.html"


class Variant(WithOptions, Orderable):
    """One thing that can be put into a cart. A product without options has exactly one."""

    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="variants")
    sku = models.CharField(_("SKU"), max_length=64, unique=True)
    name = models.CharField(
        _("variant"),
        max_length=120,
        blank=True,
        help_text=_("Made from the options where there are any; empty if there is one only."),
    )
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    compare_at_price = models.DecimalField(
        _("price before"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when this option is chosen."),
    )
    weight = models.PositiveIntegerField(
        _("weight, g"), null=True, blank=True, help_text=_("Packed, in grams; what delivery by weight goes by.")
    )
    active = models.BooleanField(_("for sale"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gte=0), name="variant_price_not_negative"),
            *OPTION_CONSTRAINTS,
        ]

    def __str__(self) -> str:
        return f"{self.product.name}, {self.name}" if self.name else self.product.name

    @property
    def available(self) -> int:
        """Pieces that can be sold now; 0 without a stock row."""
        stock = getattr(self, "stock", None)
        return stock.available if stock else 0

    @property
    def discount_percent(self) -> int:
        """Whole percent off the price before, rounded down; 0 without one."""
        before = self.compare_at_price
        return int((1 - self.price / before) * 100) if before and before > self.price else 0


class ProductPicture(Orderable):
    """One picture of a product; the first is the one that lists show."""

    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey(
        "wagtailimages.Image", verbose_name=_("picture"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class ProductSpecification(Orderable):
    """One row of the product's data sheet."""

    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="specifications")
    name = models.CharField(_("property"), max_length=120)
    value = models.CharField(_("value"), max_length=255)

    class Meta(Orderable.Meta):
        verbose_name = _("specification")
        verbose_name_plural = _("specifications")


class ProductListing(models.Model):
    """What lists filter, sort, count and search by: one narrow row per product on sale.

    Kept by `store.listing.refresh`, never edited. Absent while the product is not for sale. On PostgreSQL migration
    0002 gives the table a search vector, which `store.search` keeps; SQLite has an FTS5 table beside it.
    """

    product = models.OneToOneField(Product, on_delete=models.CASCADE, primary_key=True, related_name="listing")
    category_path = models.CharField(max_length=255, db_index=True)
    brand = models.ForeignKey(Brand, null=True, on_delete=models.SET_NULL, related_name="+")
    image = models.ForeignKey("wagtailimages.Image", null=True, on_delete=models.SET_NULL, related_name="+")
    # The lowest among the variants for sale, and the old price of that variant.
    price = models.DecimalField(max_digits=12, decimal_places=2)
    price_varies = models.BooleanField(default=False)
    compare_at_price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    in_stock = models.BooleanField(default=False)
    # Counted up to STOCK_COUNTED only, so that a well-stocked product's sales do not touch this row.
    stock_left = models.PositiveSmallIntegerField(default=0)
    popularity = models.PositiveIntegerField(default=0)
    new_until = models.DateField(null=True)
    created_at = models.DateTimeField()
    # Kept by `store.reviews`: the average, how many gave it, and what "best rated" sorts by (see `ratings.rank`).
    rating = models.FloatField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    rating_rank = models.PositiveIntegerField(default=0)

    class Meta:
        # Each sort order, with the tie-breaker; both directions read the same index.
        indexes = [
            models.Index(fields=["popularity", "product"], name="listing_by_popularity"),
            models.Index(fields=["created_at", "product"], name="listing_by_age"),
            models.Index(fields=["price", "product"], name="listing_by_price"),
            models.Index(fields=["rating_rank", "product"], name="listing_by_rating"),
            models.Index(fields=["brand", "popularity", "product"], name="listing_by_brand"),
        ]

    def __str__(self) -> str:
        return str(self.product_id)
