"""What is sent, word for word, frozen when a run opens."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.messages import Message


class Content(models.Model):
    """One message of a run as it goes out, merge fields not yet filled; an A/B test has one per rival."""

    run = models.ForeignKey("campaigns.Run", on_delete=models.CASCADE, related_name="contents", db_index=False)
    rival = models.ForeignKey(
        "campaigns.Rival", null=True, on_delete=models.SET_NULL, related_name="contents", db_index=False
    )
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="contents")
    subject = models.CharField(_("subject"), max_length=255)
    preheader = models.CharField(_("preview line"), max_length=150, blank=True)
    html = models.TextField(_("HTML"), blank=True)
    text = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("frozen message")
        verbose_name_plural = _("frozen messages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "rival"], name="content_once_per_rival"),
        ]
        indexes = [models.Index(fields=["run"], name="content_run")]

    def __str__(self) -> str:
        return self.subject


class Link(models.Model):
    """An address in a frozen message, numbered in order of appearance; clicks name it."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="links", db_index=False)
    number = models.PositiveSmallIntegerField(_("number"))
    url = models.TextField(_("address"))
    clicks = models.PositiveIntegerField(_("clicks"), default=0)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["content", "number"]
        constraints = [models.UniqueConstraint(fields=["content", "number"], name="link_once_per_content")]

    def __str__(self) -> str:
        return self.url


class CouponOffer(models.Model):
    """A coupon that a frozen message gives away: an order that uses it was brought by the message."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="coupons", db_index=False)
    code = models.CharField(_("code"), max_length=40, db_index=True)

    class Meta:
        verbose_name = _("coupon in a message")
        verbose_name_plural = _("coupons in messages")
        ordering = ["content", "code"]
        constraints = [models.UniqueConstraint(fields=["content", "code"], name="coupon_offer_once_per_content")]

    def __str__(self) -> str:
        return self.code
