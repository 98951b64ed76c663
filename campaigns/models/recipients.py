"""Whom owners write to."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.time_zones import validate_time_zone
from campaigns import addresses
from campaigns.models.consents import ConsentWording
from campaigns.models.labels import Tag


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def owned_by(self, user: Any) -> "RecipientQuerySet":
        return self.filter(owner=user)

    def mailable(self) -> "RecipientQuerySet":
        """Those who agreed and are still there; suppression lists are looked at when a run opens."""
        return self.filter(state=Recipient.State.ACTIVE)

    def search(self, words: str) -> "RecipientQuerySet":
        found = self
        for word in words.replace("\0", "").split():
            found = found.filter(Q(email__icontains=word) | Q(full_name__icontains=word) | Q(comment__icontains=word))
        return found

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        recipients = list(objs)
        for recipient in recipients:
            recipient.derive()
        return super().bulk_create(recipients, *args, **kwargs)


class Recipient(models.Model):
    """One address in one owner's list, with what the owner may do with it."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        UNCONFIRMED = "unconfirmed", _("Unconfirmed")
        UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
        BOUNCED = "bounced", _("Bounced")
        COMPLAINED = "complained", _("Complained")

    class Consent(models.TextChoices):
        OPT_IN = "opt-in", _("Opted in")
        CUSTOMER = "customer", _("Customer")
        NONE = "none", _("None")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        related_name="recipients",
        db_index=False,
    )
    email = models.CharField(_("e-mail"), max_length=addresses.MAX_LENGTH, validators=[addresses.validate])
    email_norm = models.CharField(max_length=320, editable=False, db_index=True)
    email_hash = models.CharField(max_length=64, editable=False)
    full_name = models.CharField(
        _("full name"), max_length=200, blank=True, validators=[ProhibitNullCharactersValidator()]
    )
    comment = models.TextField(_("comment"), blank=True, validators=[ProhibitNullCharactersValidator()])
    consent_basis = models.CharField(_("basis of consent"), max_length=8, choices=Consent, default=Consent.NONE)
    consent_source = models.CharField(_("source of consent"), max_length=200, blank=True)
    consent_wording = models.ForeignKey(
        ConsentWording,
        verbose_name=_("words agreed to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recipients",
        db_index=False,
    )
    consent_ip = models.GenericIPAddressField(_("IP address at consent"), null=True, blank=True)
    consented_at = models.DateTimeField(_("consented at"), null=True, blank=True)
    # Opens and clicks are noted of nobody who has not agreed to that in particular.
    tracking_agreed_at = models.DateTimeField(_("agreed to opens and clicks being noted"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_time_zone])
    language = models.CharField(_("language"), max_length=8, blank=True)
    # Free fields by key (`RecipientField`): text as text, numbers as numbers, dates as YYYY-MM-DD, yes/no as booleans.
    attributes = models.JSONField(_("fields"), default=dict, blank=True)
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="recipients")
    confirmation_sent_at = models.DateTimeField(_("confirmation asked for"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNCONFIRMED)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects: ClassVar[models.Manager["Recipient"]] = RecipientQuerySet.as_manager()
    # The address that the columns below were derived from: large imports derive them once, not three times.
    derived_from: str | None = None

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "email_norm"],
                name="recipient_once_per_owner",
                violation_error_message=_("This address is already in your list."),
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | ~Q(consent_basis="none"), name="recipient_active_with_consent"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "id"], name="recipient_owner_page"),
            models.Index(fields=["owner", "state", "id"], name="recipient_state_page"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} <{self.email}>" if self.full_name else self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Set the columns that follow from the address; `save` and `bulk_create` do it."""
        if self.email == self.derived_from:
            return
        self.email = self.derived_from = self.email.strip()
        self.email_norm = addresses.normalise(self.email)
        self.email_hash = addresses.hash_of_normal(self.email_norm)

    @property
    def is_mailable(self) -> bool:
        return self.state == self.State.ACTIVE
