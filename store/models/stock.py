"""How many there are, and how it came to be so."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from store.models.catalogue import Variant


class Stock(models.Model):
    """The count of one variant: what stands on the shelf, and how much of it orders have reserved.

    Changed only by `store.stock`, with guarded UPDATEs; the CHECKs are the last line against overselling.
    """

    variant = models.OneToOneField(Variant, on_delete=models.CASCADE, primary_key=True, related_name="stock")
    on_hand = models.IntegerField(_("on hand"), default=0)
    reserved = models.IntegerField(_("reserved"), default=0)
    low_at = models.PositiveIntegerField(
        _("low from"),
        null=True,
        blank=True,
        help_text=_("Reported when so many or fewer are left; empty: as set for all."),
    )

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        constraints = [
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="stock_on_hand_not_negative"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="stock_reserved_not_negative"),
            models.CheckConstraint(condition=Q(reserved__lte=F("on_hand")), name="stock_reserved_within_on_hand"),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.on_hand} − {self.reserved}"

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


class MovementReason(models.TextChoices):
    """Why a count changed."""

    OPENING = "opening", _("Opening count")
    COUNTED = "counted", _("Counted")
    RECEIVED = "received", _("Received")
    RESERVED = "reserved", pgettext_lazy("stock", "Reserved")
    RELEASED = "released", _("Released")
    SOLD = "sold", _("Sold")
    RETURNED = "returned", _("Returned")
    DAMAGED = "damaged", _("Damaged or lost")
    CORRECTED = "corrected", _("Corrected")
    IMPORTED = "imported", _("Imported")


class StockMovement(models.Model):
    """One line of the ledger: what changed, by how much, and what stood there afterwards. Written once, never edited.

    Both changes of a variant's lines add up to its stock row; `store.movements.mismatches` proves it.
    """

    # The history outlives the variant.
    variant = models.ForeignKey(
        Variant, verbose_name=_("variant"), null=True, on_delete=models.SET_NULL, related_name="movements"
    )
    sku = models.CharField(_("SKU"), max_length=64)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    reason = models.CharField(_("reason"), max_length=12, choices=MovementReason.choices)
    on_hand_change = models.IntegerField(_("change on hand"), default=0)
    reserved_change = models.IntegerField(_("change of reserved"), default=0)
    on_hand = models.IntegerField(_("on hand after"))
    reserved = models.IntegerField(_("reserved after"))
    actor = models.CharField(_("by"), max_length=254, blank=True)
    order = models.ForeignKey(
        "store.Order",
        verbose_name=_("order"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stock_movements",
    )
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(on_hand_change=0) | ~Q(reserved_change=0), name="stock_movement_moves_something"
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, on_hand__gte=F("reserved")), name="stock_movement_ends_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku}: {self.get_reason_display()} {self.on_hand_change:+d}"

    @property
    def order_number(self) -> str:
        return self.order.number if self.order else ""

    @property
    def on_hand_before(self) -> int:
        return self.on_hand - self.on_hand_change

    @property
    def reserved_before(self) -> int:
        return self.reserved - self.reserved_change


@register_setting(icon="shelves", order=120)
class StockSettings(BaseGenericSetting):
    """What counts as low, for every variant that does not say so itself."""

    low_at = models.PositiveIntegerField(
        _("low from"), default=5, help_text=_("Stock is reported as low when so many or fewer are left.")
    )
    notice = models.BooleanField(
        _("tell shop managers once a day"), default=True, help_text=_("Only when something runs low.")
    )

    panels = [FieldPanel("low_at"), FieldPanel("notice")]

    class Meta:
        verbose_name = _("stock settings")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
