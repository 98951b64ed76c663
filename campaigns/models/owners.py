"""What an owner has said about all their mailings, and what the site allows them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns import addresses
from campaigns.models.labels import Owned


class OwnerSettings(models.Model):
    """One row per owner, made when it is first needed (`campaigns.owners.settings_of`)."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="campaign_settings",
    )
    postal_address = models.TextField(_("postal address"), max_length=300, blank=True)
    advertiser = models.CharField(
        _("advertiser"), max_length=200, blank=True, help_text=_("The line that the law asks for under advertising.")
    )
    # None: the site's own figures.
    daily_quota = models.PositiveIntegerField(_("messages a day"), null=True, blank=True)
    quota_reason = models.CharField(_("reason for the quota"), max_length=255, blank=True)
    # The first mailing of a new owner waits for a manager where the site asks for that.
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    notes_opens = models.BooleanField(
        _("note opens"), default=False, help_text=_("Only of recipients who agreed to it.")
    )
    notes_clicks = models.BooleanField(
        _("note clicks"), default=False, help_text=_("Only of recipients who agreed to it.")
    )
    resends_in_doubt = models.BooleanField(
        _("send messages in doubt again"),
        default=False,
        help_text=_("The mail server took them and gave no answer: a few people may get them twice."),
    )

    class Meta:
        verbose_name = _("campaign owner")
        verbose_name_plural = _("campaign owners")

    def __str__(self) -> str:
        return str(self.owner)


class SenderAddress(Owned):
    """An address that an owner writes from, once its mailbox has answered."""

    email = models.CharField(_("e-mail"), max_length=addresses.MAX_LENGTH, validators=[addresses.validate])
    name = models.CharField(_("name"), max_length=100, blank=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True, editable=False)
    # What the owner's mailings come from unless one says otherwise.
    is_default = models.BooleanField(_("default"), default=False, editable=False)

    class Meta:
        verbose_name = _("sender address")
        verbose_name_plural = _("sender addresses")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "email"], name="sender_once_per_owner"),
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(is_default=True), name="sender_default_once_per_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


class SendingDomain(models.Model):
    """A domain that this site writes from: its DKIM key, and what its DNS says."""

    domain = models.CharField(_("domain"), max_length=253, unique=True)
    selector = models.CharField(_("DKIM selector"), max_length=63, default="vitrina")
    private_key = models.TextField(_("DKIM private key"), blank=True, editable=False)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True, editable=False)
    # By “spf”, “dkim”, “dmarc” and “ptr”: whether it is right, what was found, what to publish.
    findings = models.JSONField(_("findings"), default=dict, editable=False)

    class Meta:
        verbose_name = _("sending domain")
        verbose_name_plural = _("sending domains")
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain


class OptInForm(Owned):
    """A sign-up form, as a page and as a snippet for another site."""

    key = models.CharField(max_length=22, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    heading = models.CharField(_("heading"), max_length=150, blank=True)
    introduction = models.TextField(_("introduction"), max_length=1000, blank=True)
    consent_text = models.TextField(_("words of consent"), max_length=2000)
    asks_name = models.BooleanField(_("ask for the name"), default=True)
    asks_tracking = models.BooleanField(_("ask whether opens and clicks may be noted"), default=False)
    fields = models.JSONField(_("fields"), default=list, blank=True)
    tags = models.ManyToManyField("campaigns.Tag", verbose_name=_("tags"), blank=True, related_name="+")
    topics = models.ManyToManyField("campaigns.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    thanks = models.TextField(_("thanks"), max_length=500, blank=True)
    is_open = models.BooleanField(_("open"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("sign-up form")
        verbose_name_plural = _("sign-up forms")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
