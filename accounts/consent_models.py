"""What people have agreed to, in which words, and until when."""

from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConsentText(models.Model):
    """The words as they were shown. Never edited: other words are another text."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("first shown"), auto_now_add=True)

    class Meta:
        verbose_name = _("words of consent")
        verbose_name_plural = _("words of consent")

    def __str__(self) -> str:
        return self.text[:80]

    @classmethod
    def of(cls, text: str) -> "ConsentText":
        """The row of these words, made when they are new."""
        text = text.strip()
        digest = sha256(text.encode()).hexdigest()
        return cls.objects.get_or_create(digest=digest, defaults={"text": text})[0]


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """That somebody agreed to one purpose. Kept after it was withdrawn: it proves what was lawful until then.

    `email` tells whose it is; an account need not exist, and may go.
    """

    class Purpose(models.TextChoices):
        NEWSLETTER = "newsletter", _("Newsletter of the shop")
        TRACKING = "tracking", _("Noting which mails are opened and clicked")

    email = models.EmailField(_("e-mail"), max_length=254, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="consents",
    )
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    text = models.ForeignKey(ConsentText, verbose_name=_("words agreed to"), on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    ip = models.GenericIPAddressField(_("IP address"), null=True, blank=True)
    source = models.CharField(_("where"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_source = models.CharField(_("withdrawn where"), max_length=200, blank=True)

    objects: ClassVar[ConsentQuerySet] = ConsentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering: ClassVar = ["-given_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["email", "purpose"], condition=Q(withdrawn_at__isnull=True), name="consent_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.purpose}"
