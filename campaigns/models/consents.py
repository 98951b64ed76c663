"""The words that people agreed to."""

from hashlib import sha256
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentWording(models.Model):
    """A text of consent as it was shown. Never edited: another text is another wording."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("first shown"), auto_now_add=True)

    class Meta:
        verbose_name = _("wording of consent")
        verbose_name_plural = _("wordings of consent")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text[:80]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = self.digest_of(self.text)
        super().save(*args, **kwargs)

    @staticmethod
    def digest_of(text: str) -> str:
        return sha256(text.strip().encode()).hexdigest()

    @classmethod
    def of(cls, text: str) -> "ConsentWording":
        """The row of this text, made when it is new."""
        return cls.objects.get_or_create(digest=cls.digest_of(text), defaults={"text": text.strip()})[0]
