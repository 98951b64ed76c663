"""Who runs this site: what headers, footers, mails and invoices say about the seller."""

from hashlib import blake2b

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField


@register_setting(icon="home", order=100)
class Company(BaseSiteSetting):
    """The seller, one row per Wagtail site."""

    name = models.CharField(_("name"), max_length=100, default="Vitrina")
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    promise = models.CharField(
        _("promise"), max_length=120, blank=True, help_text=_("One line at the very top of every page.")
    )
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    legal_address = models.TextField(_("legal address"), blank=True)
    tax_number = models.CharField(_("tax number"), max_length=64, blank=True)
    registration = models.CharField(_("registration"), max_length=200, blank=True)
    bank_details = models.TextField(_("bank details"), blank=True)
    email = models.EmailField(_("public e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    sender = models.CharField(
        _("sender of mails"), max_length=200, blank=True, help_text=_("Name <address>; empty: the server's default.")
    )
    system_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner of the shop's own mailings"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    panels = [
        MultiFieldPanel([FieldPanel(name) for name in ("name", "logo", "email", "phone")], _("Public")),
        MultiFieldPanel([FieldPanel("promise_en"), FieldPanel("promise_ru")], _("Promise")),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("legal_name", "legal_address", "tax_number", "registration", "bank_details")
            ],
            _("Legal data"),
        ),
        MultiFieldPanel([FieldPanel("sender"), FieldPanel("system_owner")], _("Mail")),
    ]

    class Meta:
        verbose_name = _("company")

    def __str__(self) -> str:
        return self.name


@register_setting(icon="warning", order=110)
class Announcement(BaseSiteSetting):
    """One line above every page, while it is on."""

    active = models.BooleanField(_("shown"), default=False)
    text = models.CharField(_("text"), max_length=200, blank=True)
    link = models.CharField(_("link"), max_length=255, blank=True, help_text=_("An address, or a path of this site."))
    dismissible = models.BooleanField(
        _("can be closed"), default=True, help_text=_("Visitors who close it see it again when its text changes.")
    )

    panels = [
        FieldPanel("active"),
        MultiFieldPanel([FieldPanel("text_en"), FieldPanel("text_ru")], _("Text")),
        FieldPanel("link"),
        FieldPanel("dismissible"),
    ]

    class Meta:
        verbose_name = _("announcement bar")

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """Names this very text, so that closing one announcement does not hide the next."""
        return blake2b(f"{self.text}\0{self.link}".encode(), digest_size=6).hexdigest()


class TermsVersion(models.Model):
    """The terms of sale as they were from a day on. What somebody has accepted is never edited: make a new one."""

    version = models.CharField(_("version"), max_length=32, unique=True, help_text=_("For example 2026-11."))
    text = RichTextField(_("text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link"])
    valid_from = models.DateTimeField(_("valid from"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("terms of sale")
        verbose_name_plural = _("terms of sale")
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        return self.version
