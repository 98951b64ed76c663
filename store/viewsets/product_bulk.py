"""Steps for many products at once: publish, archive, delete. “All” means all that the list's filters leave."""

from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.bulk_action import BulkAction

from store import products
from store.models import Product
from store.viewsets.products import ProductFilterSet, found_by


class ProductBulkAction(BulkAction):
    """`permission` is asked for each product; subclasses do `act` with one."""

    models = (Product,)
    template_name = "store/admin/product_bulk.html"
    permission = "store.publish_product"
    explanation: Any = ""

    def check_perm(self, obj: Product) -> bool:
        return bool(self.request.user.has_perm(self.permission)) and self.is_possible(obj)

    def is_possible(self, product: Product) -> bool:
        return True

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> list[int]:
        """What the list shows behind the button, not the whole table."""
        asked = QueryDict(urlsplit(self.next_url).query)
        rows: QuerySet[Product] = found_by(Product.objects.all(), asked.get("q", ""))
        return list(ProductFilterSet(asked, queryset=rows, request=self.request).qs.values_list("pk", flat=True))

    @classmethod
    def get_queryset(cls, model: type[Product], object_ids: Any) -> QuerySet[Product]:
        ids = [int(pk) for pk in object_ids if str(pk).isascii() and str(pk).isdigit() and len(str(pk)) < 19]
        return Product.objects.filter(pk__in=ids)

    def object_context(self, obj: Product) -> dict[str, Any]:
        return {"item": obj, "edit_url": AdminURLFinder(self.request.user).get_edit_url(obj)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            title=self.display_name,
            explanation=self.explanation,
            is_serious="serious" in self.classes,
            header_icon="box",
        )

    def get_execution_context(self) -> dict[str, Any]:
        return {"action": self, "user": self.request.user}

    @classmethod
    def execute_action(cls, objects: list[Product], **kwargs: Any) -> tuple[int, int]:
        for product in objects:
            cls.act(product, kwargs["user"])
        return len(objects), 0

    @classmethod
    def act(cls, product: Product, user: Any) -> None:
        raise NotImplementedError


class PublishProducts(ProductBulkAction):
    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish the chosen products")
    action_priority = 10
    explanation = _("They are put on sale as they were last written; archived ones come back into the shop.")

    @classmethod
    def act(cls, product: Product, user: Any) -> None:
        products.publish(product=product, user=user)

    def get_success_message(self, number: int, number_below: int) -> str:
        return ngettext("%(n)d product is published.", "%(n)d products are published.", number) % {"n": number}


class ArchiveProducts(ProductBulkAction):
    display_name = _("Archive")
    action_type = "archive"
    aria_label = _("Archive the chosen products")
    action_priority = 20
    explanation = _("They leave the shop; orders keep them, and their addresses say that they are no longer sold.")

    @classmethod
    def act(cls, product: Product, user: Any) -> None:
        products.archive(product=product, user=user)

    def get_success_message(self, number: int, number_below: int) -> str:
        return ngettext("%(n)d product is archived.", "%(n)d products are archived.", number) % {"n": number}


class DeleteProducts(ProductBulkAction):
    """In the place of Wagtail's own, which asks nobody whether there are orders."""

    display_name = _("Delete")
    action_type = "delete"
    aria_label = _("Delete the chosen products")
    action_priority = 30
    classes = {"serious"}
    permission = "store.delete_product"
    explanation = _("Products that somebody has ordered are left out: archive them instead.")

    def is_possible(self, product: Product) -> bool:
        return not products.is_ordered(product=product)

    @classmethod
    def act(cls, product: Product, user: Any) -> None:
        products.delete(product=product, user=user)

    def get_success_message(self, number: int, number_below: int) -> str:
        return ngettext("%(n)d product is deleted.", "%(n)d products are deleted.", number) % {"n": number}
