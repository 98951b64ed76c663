"""In whose name an owner's mailings go out: addresses whose mailbox has answered, else the site's own."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from email.utils import parseaddr
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import addresses, dkim_keys
from campaigns.delivery.headers import one_line
from campaigns.errors import CampaignError
from campaigns.free_mail import is_free_mail
from campaigns.models import Mailing, SenderAddress, SendingDomain
from notifications.outgoing import queue_mail
from notifications.outgoing import sender as site_sender
from store.throttle import too_many

MOST_ADDRESSES = 20
# Mails that ask a mailbox: of one owner, and to one address, in a quarter of an hour.
MOST_ASKED, MOST_ASKED_OF_ONE = 10, 2
LINK_DAYS = 3
SALT = "campaigns.senders"
ENFORCED = ("quarantine", "reject")


class Sender(NamedTuple):
    """What stands in From and Reply-To."""

    from_name: str
    from_email: str
    reply_to: str


def sender_of(mailing: Mailing) -> Sender:
    """The mailing's sender, else its owner's."""
    return sender_for(mailing.owner, mailing.sender)


def sender_for(owner: User, chosen: SenderAddress | None = None) -> Sender:
    """What mail of this owner comes from; an address that must not stand in From gets the answers."""
    chosen = chosen or default_of(owner)
    site_name, site_email = parseaddr(site_sender())
    if chosen is None or chosen.verified_at is None:
        return Sender(owner.get_full_name() or site_name, site_email, owner.email)
    name = one_line(chosen.name) or owner.get_full_name() or site_name
    if trouble_with(chosen.email):
        return Sender(name, site_email, chosen.email)
    return Sender(name, chosen.email, chosen.email)


def default_of(owner: User) -> SenderAddress | None:
    """The address that the owner's mailings come from unless one says otherwise."""
    return SenderAddress.objects.owned_by(owner).filter(is_default=True, verified_at__isnull=False).first()


def trouble_with(email: str, known: Mapping[str, SendingDomain] | None = None) -> str:
    """Why receivers would refuse our mail in the name of this address: a sentence, or nothing.

    `known` are the domains by name, where somebody has looked them up already.
    """
    domain = addresses.normalise(email).rpartition("@")[2]
    if is_free_mail(email):
        return _(
            "%(domain)s tells receivers to refuse mail in its name that comes from elsewhere. "
            "Your mailings come from the site’s address; answers reach you here."
        ) % {"domain": domain}
    row = known.get(domain) if known is not None else SendingDomain.objects.filter(domain=domain).first()
    if row and not dkim_keys.is_readable(row):
        return _(
            "The signing key of %(domain)s cannot be read; the site’s managers have to mend it. "
            "Until then your mailings come from the site’s address; answers reach you here."
        ) % {"domain": domain}
    findings = row.findings if row else {}
    if findings.get("dmarc", {}).get("policy") not in ENFORCED:
        return ""
    if "right" in (findings.get("dkim", {}).get("state"), findings.get("spf", {}).get("state")):
        return ""
    return _(
        "The domain %(domain)s tells receivers to refuse mail that it has not allowed, and ours is not allowed yet. "
        "Until then your mailings come from the site’s address; answers reach you here."
    ) % {"domain": domain}


def domains_of(emails: Iterable[str]) -> QuerySet[SendingDomain]:
    """The domains of these addresses, as far as this site knows them."""
    return SendingDomain.objects.filter(domain__in={addresses.normalise(email).rpartition("@")[2] for email in emails})


def add_sender(*, owner: User, email: str, name: str = "") -> SenderAddress:
    """Note the address and ask its mailbox. Raises ValidationError by field, CampaignError when it is too much."""
    if SenderAddress.objects.owned_by(owner).count() >= MOST_ADDRESSES:
        raise CampaignError(_("You can have %(most)s sender addresses. Delete one first.") % {"most": MOST_ADDRESSES})
    row = SenderAddress(owner=owner, email=addresses.normalise(email), name=one_line(name))
    row.full_clean(exclude=["owner"], validate_constraints=False)
    if not row.email.isascii():
        # It would go out only where every server on the way knows SMTPUTF8.
        raise ValidationError({"email": _("Before the @ of a sender address stand Latin letters only.")})
    if SenderAddress.objects.owned_by(owner).filter(email=row.email).exists():
        raise ValidationError({"email": _("This address is in your list already.")})
    try:
        with transaction.atomic():
            row.save()
            ask(sender=row)
    except IntegrityError as error:
        raise ValidationError({"email": _("This address is in your list already.")}) from error
    return row


def ask(*, sender: SenderAddress) -> None:
    """Send the mailbox a link that proves it. CampaignError when it was asked too often."""
    if sender.verified_at is not None:
        raise CampaignError(_("This address is verified already."))
    asked_much = too_many(what="sender-owner", who=str(sender.owner_id), most=MOST_ASKED)
    if asked_much or too_many(what="sender-address", who=sender.email, most=MOST_ASKED_OF_ONE):
        raise CampaignError(_("A mail is on its way already. Please wait a quarter of an hour before you ask again."))
    token = signing.dumps({"sender": sender.pk, "email": sender.email}, salt=SALT)
    context = {
        "owner": str(sender.owner),
        "email": sender.email,
        "url": f"{settings.SITE_URL}/campaigns/senders/verify/{token}/",
        "days": LINK_DAYS,
    }
    language = sender.owner.language
    queue_mail(
        kind="sender_check", to=sender.email, context=context, language=language, reference=f"sender-{sender.pk}"
    )
    sender.asked_at = timezone.now()
    sender.save(update_fields=["asked_at"])


def sender_of_link(token: str) -> SenderAddress:
    """The address that the link in our mail asks about; CampaignError when it is too old or not ours."""
    try:
        data = signing.loads(token, salt=SALT, max_age=timedelta(days=LINK_DAYS))
    except signing.BadSignature as error:
        raise CampaignError(_("This link is too old or not complete. Please ask for a new one.")) from error
    row = SenderAddress.objects.filter(pk=data["sender"], email=data["email"]).select_related("owner").first()
    if row is None:
        raise CampaignError(_("This address was deleted meanwhile."))
    return row


def verify(*, token: str) -> SenderAddress:
    """The mailbox has answered. Safe to repeat. The first address becomes the owner's default."""
    sender = sender_of_link(token)
    with transaction.atomic():
        SenderAddress.objects.filter(pk=sender.pk, verified_at__isnull=True).update(verified_at=timezone.now())
        if default_of(sender.owner) is None:
            make_default(sender=sender)
        if not is_free_mail(sender.email):
            # Managers see it in their list, and it is looked up daily.
            SendingDomain.objects.get_or_create(domain=sender.email.rpartition("@")[2])
    sender.refresh_from_db()
    return sender


def make_default(*, sender: SenderAddress) -> None:
    """What comes from no other address comes from this one."""
    with transaction.atomic():
        owners = SenderAddress.objects.owned_by(sender.owner).select_for_update()
        row = owners.get(pk=sender.pk)
        if row.verified_at is None:
            raise CampaignError(_("Only a verified address can be the one that your mailings come from."))
        owners.exclude(pk=row.pk).update(is_default=False)
        owners.filter(pk=row.pk).update(is_default=True)


def delete_sender(*, sender: SenderAddress) -> None:
    """Mailings that had it come from the owner's default from then on."""
    sender.delete()
