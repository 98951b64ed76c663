"""Where a member's goods go."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from store.countries import country_name


class Address(models.Model):
    """One entry of a member's address book."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="addresses")
    full_name = models.CharField(_("name"), max_length=150)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    line1 = models.CharField(_("street and house"), max_length=200)
    line2 = models.CharField(_("flat, floor"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100)
    region = models.CharField(_("region"), max_length=100, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2)
    is_default = models.BooleanField(_("the usual one"), default=False)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering: ClassVar = ["-is_default", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user"], condition=Q(is_default=True), name="address_one_default")
        ]

    def __str__(self) -> str:
        parts = (self.full_name, self.line1, f"{self.postal_code} {self.city}".strip(), country_name(self.country))
        return ", ".join(part for part in parts if part)
