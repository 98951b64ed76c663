"""Where imported pictures came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from store.models.catalogue import Product


class PictureSource(models.Model):
    """An address (or a name in a ZIP file) whose picture a product has got: it is not fetched twice."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="picture_sources")
    source = models.CharField(max_length=500)
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("source of a picture")
        verbose_name_plural = _("sources of pictures")
        constraints = [models.UniqueConstraint(fields=["product", "source"], name="picture_source_once")]

    def __str__(self) -> str:
        return self.source
