"""Who of the staff wants to hear about new orders."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderAlert(models.Model):
    """One person's choice; who has none is told on the page and not by mail."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="order_alert")
    on_page = models.BooleanField(_("tell me on the page"), default=True)
    by_mail = models.BooleanField(_("write me an e-mail"), default=False)

    class Meta:
        verbose_name = _("alert on new orders")
        verbose_name_plural = _("alerts on new orders")

    def __str__(self) -> str:
        return str(self.user)
