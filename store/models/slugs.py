"""Addresses that products and categories had before: visitors and search engines are led on."""

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FormerSlug(models.Model):
    """One slug that a product, or a category, no longer has. A living slug always wins over a former one."""

    product = models.ForeignKey(
        "store.Product", null=True, blank=True, on_delete=models.CASCADE, related_name="former_slugs"
    )
    category = models.ForeignKey(
        "store.Category", null=True, blank=True, on_delete=models.CASCADE, related_name="former_slugs"
    )
    slug = models.SlugField(_("slug"), max_length=255, allow_unicode=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False, category__isnull=True)
                | Q(product__isnull=True, category__isnull=False),
                name="former_slug_of_one",
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(product__isnull=False), name="former_slug_of_one_product"
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(category__isnull=False), name="former_slug_of_one_category"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class RemembersSlugs(models.Model):
    """Saving under another slug keeps the old one in FormerSlug; `former` names the foreign key there."""

    former = ""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        written = kwargs.get("update_fields")
        if written is not None and "slug" not in written:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            rows = type(self)._default_manager.filter(pk=self.pk) if self.pk else None
            before = rows.values_list("slug", flat=True).first() if rows is not None else None
            super().save(*args, **kwargs)
            if before != self.slug:  # type: ignore[attr-defined]
                self.remember(before)

    def remember(self, before: str | None) -> None:
        known = FormerSlug.objects.filter(**{f"{self.former}__isnull": False})
        known.filter(slug=self.slug).delete()  # type: ignore[attr-defined]
        if before:
            known.filter(slug=before).delete()
            FormerSlug.objects.create(**{self.former: self, "slug": before})
