"""How owners sort their recipients: tags, fields of their own, topics."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OwnedQuerySet(models.QuerySet[Any]):
    def owned_by(self, user: Any) -> "OwnedQuerySet":
        return self.filter(owner=user)


class Owned(models.Model):
    """A row of one owner's; nobody else sees it in the workspace."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )

    objects: ClassVar[models.Manager[Any]] = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True


class Tag(Owned):
    """A word that an owner puts on recipients."""

    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="tag_once_per_owner")]

    def __str__(self) -> str:
        return self.name


class RecipientField(Owned):
    """Something else that an owner knows of recipients; its value is in `Recipient.attributes` under `key`."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", pgettext_lazy("kind of value", "Number")
        DATE = "date", _("Date")
        YES_NO = "yes-no", _("Yes or no")

    key = models.CharField(
        _("key"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$")],
        help_text=_("Small Latin letters, digits and _; messages use it as {{ key }}."),
    )
    label = models.CharField(_("label"), max_length=80)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.TEXT)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("field of recipients")
        verbose_name_plural = _("fields of recipients")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "key"],
                name="field_once_per_owner",
                violation_error_message=_("There is a field with this key already."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class Topic(Owned):
    """What an owner writes about; recipients choose on their preference page."""

    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=200, blank=True)
    is_public = models.BooleanField(_("on the preference page"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="topic_once_per_owner")]

    def __str__(self) -> str:
        return self.name


class TopicChoice(models.Model):
    """What a recipient chose about a topic. Who has not chosen gets it."""

    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="choices")
    recipient = models.ForeignKey(
        "campaigns.Recipient",
        verbose_name=_("recipient"),
        on_delete=models.CASCADE,
        related_name="topic_choices",
        db_index=False,
    )
    wanted = models.BooleanField(_("wanted"))
    at = models.DateTimeField(_("chosen"), auto_now=True)

    class Meta:
        verbose_name = _("choice of topic")
        verbose_name_plural = _("choices of topics")
        constraints = [models.UniqueConstraint(fields=["recipient", "topic"], name="topic_choice_once")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.wanted}"


class Segment(Owned):
    """A saved question about an owner's recipients (`campaigns.segments`); answered anew each time it is used."""

    name = models.CharField(_("name"), max_length=100)
    # {"match": "all" | "any", "rules": [{"field": …, "test": …, "value": …}]}
    rules = models.JSONField(_("rules"), default=dict)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="segment_once_per_owner",
                violation_error_message=_("There is a segment of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
