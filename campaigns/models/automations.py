"""Messages that follow what somebody did: a trigger, waits, conditions, messages."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.labels import Owned
from campaigns.models.mailings import Mailing
from campaigns.models.messages import Message
from campaigns.models.recipients import Recipient


class Automation(Owned):
    """A series. Whoever meets its trigger is enrolled once per occasion and gets its steps, one after another."""

    class Trigger(models.TextChoices):
        CART_LEFT = "cart-left", _("A cart was left")
        ORDER_PAID = "order-paid", _("An order was paid")
        SUBSCRIBED = "subscribed", _("Somebody subscribed")

    # The first two are the shop's own; any owner may have the third.
    OF_THE_SHOP: ClassVar[frozenset[str]] = frozenset({"cart-left", "order-paid"})

    name = models.CharField(_("name"), max_length=100)
    trigger = models.CharField(_("trigger"), max_length=10, choices=Trigger)
    is_on = models.BooleanField(_("on"), default=False)
    # Why it has switched itself off, as `Mailing.paused_for` says it.
    paused_for = models.CharField(max_length=32, blank=True, default="", editable=False)
    disabled_at = models.DateTimeField(_("disabled at"), null=True, blank=True, editable=False)
    disabled_reason = models.CharField(_("reason for disabling"), max_length=255, blank=True, editable=False)
    # Where the tick has looked for occasions already.
    looked_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("automation")
        verbose_name_plural = _("automations")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """A wait, then a message to those of whom the condition is true.

    `mailing` is of kind “step”: the engine sends it, and reports show it, like any other.
    """

    automation = models.ForeignKey(Automation, on_delete=models.CASCADE, related_name="steps", db_index=False)
    position = models.PositiveSmallIntegerField(_("position"))
    wait_minutes = models.PositiveIntegerField(_("wait in minutes"), default=60)
    message = models.ForeignKey(Message, verbose_name=_("message"), on_delete=models.PROTECT, related_name="steps")
    # Rules as a segment's; empty: everybody.
    condition = models.JSONField(_("condition"), default=dict, blank=True)
    mailing = models.OneToOneField(
        Mailing, null=True, on_delete=models.SET_NULL, related_name="automation_step", editable=False
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["automation", "position"]
        constraints = [models.UniqueConstraint(fields=["automation", "position"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.automation_id}: {self.position}"


class Enrolment(models.Model):
    """One recipient on the way through an automation, for one occasion (a cart, an order, a subscription)."""

    class End(models.TextChoices):
        DONE = "done", _("All steps done")
        BOUGHT = "bought", _("The reason is gone")
        LEFT = "left", _("Unsubscribed or gone")
        STOPPED = "stopped", _("The automation was stopped")

    automation = models.ForeignKey(Automation, on_delete=models.CASCADE, related_name="enrolments", db_index=False)
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="enrolments")
    occasion = models.CharField(_("occasion"), max_length=64)
    # The step that comes next, and when.
    position = models.PositiveSmallIntegerField(_("next step"), default=1)
    due_at = models.DateTimeField(_("due"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end = models.CharField(_("end"), max_length=7, choices=End, blank=True)
    created_at = models.DateTimeField(_("began"), auto_now_add=True)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["automation", "recipient", "occasion"], name="enrolment_once"),
            # Nobody is in the same series twice at once.
            models.UniqueConstraint(
                fields=["automation", "recipient"], condition=Q(ended_at__isnull=True), name="enrolment_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="enrolment_due", condition=Q(ended_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.automation_id}: {self.recipient_id} {self.occasion}"
