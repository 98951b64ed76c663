"""What owners write."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from campaigns.message_blocks import MessageBlocks


class MessageQuerySet(models.QuerySet["Message"]):
    def owned_by(self, user: Any) -> "MessageQuerySet":
        return self.filter(owner=user)

    def search(self, words: str) -> "MessageQuerySet":
        found = self
        for word in words.replace("\0", "").split():
            found = found.filter(Q(subject__icontains=word) | Q(body__icontains=word))
        return found


class Message(models.Model):
    """A subject and a body with merge fields (`campaigns.merge`): plain text or simple HTML, or blocks."""

    class Kind(models.TextChoices):
        PLAIN = "plain", _("Plain")
        BLOCKS = "blocks", _("Blocks")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="messages"
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.PLAIN)
    subject = models.CharField(_("subject"), max_length=255, validators=[ProhibitNullCharactersValidator()])
    preheader = models.CharField(
        _("preview line"), max_length=150, blank=True, validators=[ProhibitNullCharactersValidator()]
    )
    body = models.TextField(_("body"), blank=True, validators=[ProhibitNullCharactersValidator()])
    blocks = StreamField(MessageBlocks(), verbose_name=_("blocks"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects: ClassVar[models.Manager["Message"]] = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
