"""What buyers say about products."""

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from store.models.catalogue import Product
from store.models.orders import Order

MAX_TEXT = 5000
STARS = (5, 4, 3, 2, 1)


class ReviewStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    APPROVED = "approved", _("Published")
    REFUSED = "refused", _("Refused")


class Review(models.Model):
    """One buyer's opinion of one product; shown once the shop has approved it."""

    Status = ReviewStatus

    product = models.ForeignKey(Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="reviews")
    # The purchase that allows it.
    order = models.ForeignKey(
        Order, verbose_name=_("order"), null=True, on_delete=models.SET_NULL, related_name="reviews"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reviews",
    )
    # Who the buyer is: the account's address, or the one of a guest's order.
    email = models.EmailField(_("e-mail"))
    author = models.CharField(_("shown as"), max_length=80)
    stars = models.PositiveSmallIntegerField(_("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"), max_length=MAX_TEXT)
    language = models.CharField(_("language"), max_length=8, default="en")
    status = models.CharField(_("status"), max_length=8, choices=ReviewStatus, default=ReviewStatus.WAITING)
    reason = models.CharField(_("why it was refused"), max_length=300, blank=True)
    answer = models.TextField(_("the shop's answer"), max_length=MAX_TEXT, blank=True)
    helpful = models.PositiveIntegerField(_("found helpful"), default=0)
    reports = models.PositiveIntegerField(_("reported"), default=0)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)
    moderated_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering: ClassVar = ["-created_at", "-pk"]
        permissions: ClassVar = [("moderate_review", "Can approve, refuse and answer reviews")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "email"], name="review_once_per_buyer"),
            models.CheckConstraint(condition=Q(stars__gte=1) & Q(stars__lte=5), name="review_stars"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["product", "status", "-created_at", "-id"], name="review_newest"),
            models.Index(fields=["product", "status", "-helpful", "-id"], name="review_helpful"),
            models.Index(fields=["status", "created_at"], name="review_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.stars}★ {self.title or self.text[:40]}"

    @property
    def is_public(self) -> bool:
        return self.status == ReviewStatus.APPROVED


def picture_path(instance: Any, filename: str) -> str:
    """A name that nobody can guess before the review is published."""
    return f"reviews/{secrets.token_urlsafe(16)}.webp"


class ReviewPicture(models.Model):
    """A buyer's picture, written anew from its pixels: nothing else of the upload is kept."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="pictures")
    image = models.ImageField(
        _("picture"), upload_to=picture_path, width_field="width", height_field="height", max_length=200
    )
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("picture of a review")
        verbose_name_plural = _("pictures of reviews")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return str(self.image)


class ReviewVote(models.Model):
    """“Helpful” or “not in order”, once per visitor (an account, or a browser's session)."""

    class Kind(models.TextChoices):
        HELPFUL = "helpful", _("Helpful")
        REPORT = "report", _("Reported")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="votes")
    kind = models.CharField(max_length=8, choices=Kind)
    voter = models.CharField(max_length=64)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "kind", "voter"], name="review_vote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.review_id}"


class ProductRating(models.Model):
    """How many published reviews gave a product how many stars; kept by `store.reviews`, never counted by pages."""

    product = models.OneToOneField(Product, primary_key=True, on_delete=models.CASCADE, related_name="rating")
    stars_1 = models.PositiveIntegerField(default=0)
    stars_2 = models.PositiveIntegerField(default=0)
    stars_3 = models.PositiveIntegerField(default=0)
    stars_4 = models.PositiveIntegerField(default=0)
    stars_5 = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")

    def __str__(self) -> str:
        return f"{self.average} ({self.count})"

    @property
    def counts(self) -> dict[int, int]:
        """Stars → reviews, the best first."""
        return {stars: getattr(self, f"stars_{stars}") for stars in STARS}

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    @property
    def average(self) -> float:
        """0 without a review."""
        return sum(stars * number for stars, number in self.counts.items()) / self.count if self.count else 0.0


class ReviewInvitation(models.Model):
    """The one mail that asks an order's buyer for an opinion."""

    order = models.OneToOneField(Order, primary_key=True, on_delete=models.CASCADE, related_name="invitation")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("invitation to review")
        verbose_name_plural = _("invitations to review")

    def __str__(self) -> str:
        return str(self.order_id)


class InvitationRefusal(models.Model):
    """Somebody who does not want to be asked for reviews."""

    email = models.EmailField(_("e-mail"), unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("refused invitation")
        verbose_name_plural = _("refused invitations")

    def __str__(self) -> str:
        return self.email


@register_setting(icon="pick", order=130)
class ReviewSettings(BaseGenericSetting):
    """When buyers are asked for an opinion."""

    invite_after_days = models.PositiveSmallIntegerField(
        _("ask so many days after the delivery"),
        default=7,
        validators=[MaxValueValidator(365)],
        help_text=_("Once per order, by mail; 0: never."),
    )

    panels: ClassVar = [FieldPanel("invite_after_days")]

    class Meta:
        verbose_name = _("reviews")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
