"""Double opt-in: somebody types an address, its mailbox gets a link, and only who opens it and agrees is subscribed.

Nothing that was typed touches a recipient before the link has come back: it travels in the link, signed. The answer to
the typist is the same whether the address was known, suppressed or has been asked a moment ago.
"""

import binascii
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import addresses
from campaigns.characters import storable
from campaigns.errors import CampaignError
from campaigns.models import ConsentWording, Recipient, Suppression, Tag, Topic, TopicChoice
from campaigns.signals import recipient_subscribed
from notifications.outgoing import queue_mail
from store.throttle import too_many

SALT = "campaigns.opt-in"
VALID_FOR = timedelta(days=14)
# One mail to an address of one owner, however often it is typed.
PAUSE = timedelta(minutes=10)
MOST_FROM_ONE_IP = 20
# What a person has asked for can be asked back by the same person; the site's own list cannot.
FORGOTTEN = (Suppression.Reason.UNSUBSCRIBED, Suppression.Reason.BOUNCED, Suppression.Reason.COMPLAINED)


@dataclass(frozen=True)
class Wish:
    """What comes with the address; kept in the link until it is confirmed."""

    wording: int
    source: str
    full_name: str = ""
    ip: str | None = None
    tracking: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()
    time_zone: str = ""
    language: str = ""


@dataclass(frozen=True)
class Asked:
    """What a link says: whose subscription, asked when, with what."""

    recipient: Recipient
    at: datetime
    wish: Wish

    @property
    def is_used(self) -> bool:
        """Whether this link, or a later one, was confirmed already."""
        return self.recipient.consented_at is not None and self.recipient.consented_at >= self.at


def ask(
    *,
    owner: User,
    email: str,
    wording: str,
    source: str,
    full_name: str = "",
    ip: str | None = None,
    tracking: bool = False,
    attributes: Mapping[str, Any] | None = None,
    tags: Iterable[Tag] = (),
    topics: Iterable[Topic] = (),
    time_zone: str = "",
) -> None:
    """Mail the address a link to confirm with. `wording` are the words of consent as they were shown.

    Raises ValidationError for what is no address, and CampaignError when too much comes from one IP address.
    """
    email = checked(email)
    if ip and too_many(what="opt-in", who=ip, most=MOST_FROM_ONE_IP):
        raise CampaignError(_("Too many addresses were typed from here. Please try again in a quarter of an hour."))
    language = translation.get_language() or "en"
    wish = Wish(
        wording=ConsentWording.of(wording).pk,
        source=source[:200],
        full_name=" ".join(full_name.split())[:200] if storable(full_name) else "",
        ip=ip,
        tracking=tracking,
        attributes=dict(attributes or {}),
        tags=tuple(tag.pk for tag in tags),
        topics=tuple(topic.pk for topic in topics),
        time_zone=time_zone,
        language=language[:8],
    )
    now = timezone.now()
    with transaction.atomic():
        recipient = draft(owner, email)
        if may_write(recipient, now):
            send(recipient, wish, now, language)


def checked(email: str) -> str:
    email = email.strip()
    try:
        addresses.validate(email)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    return email


def draft(owner: User, email: str) -> Recipient:
    """The owner's recipient of this address; a new one is unconfirmed."""
    found = Recipient.objects.filter(owner=owner, email_norm=addresses.normalise(email))
    if recipient := found.first():
        return recipient
    try:
        with transaction.atomic():
            return Recipient.objects.create(owner=owner, email=email)
    except IntegrityError:
        return found.get()


def may_write(recipient: Recipient, now: datetime) -> bool:
    """One at a time gets to write, and nobody to an address that the site itself may not write to."""
    if Suppression.objects.filter(owner=None, email_hash=recipient.email_hash).exists():
        return False
    # A conditional UPDATE: of several requests at once one is the first.
    free = Recipient.objects.filter(pk=recipient.pk).exclude(confirmation_sent_at__gt=now - PAUSE)
    return bool(free.update(confirmation_sent_at=now))


def send(recipient: Recipient, wish: Wish, now: datetime, language: str) -> None:
    queue_mail(
        kind="opt_in",
        to=recipient.email,
        context={
            "sender": sender_name(recipient.owner),
            "url": f"{settings.SITE_URL}/newsletter/confirm/{token(recipient, wish, now)}/",
        },
        language=language,
        reference=f"opt-in-{recipient.pk}",
    )


def sender_name(owner: User) -> str:
    """As whom the owner asks."""
    return str(owner)


def token(recipient: Recipient, wish: Wish, at: datetime) -> str:
    said = {name: value for name, value in asdict(wish).items() if value}
    return signing.dumps({"r": recipient.pk, "t": at.timestamp(), "w": said}, salt=SALT, compress=True)


def asked_with(*, token: str) -> Asked:
    """What the link asks for; looking changes nothing. CampaignError for a link that is broken, old or without aim."""
    try:
        data = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.SignatureExpired:
        raise CampaignError(_("This link is too old. Please sign up again.")) from None
    except (signing.BadSignature, binascii.Error, ValueError):
        raise CampaignError(_("This link is not complete. Please open it from the message again.")) from None
    recipient = Recipient.objects.select_related("owner").filter(pk=data["r"]).first()
    if recipient is None or recipient.owner.blocked_at:
        raise CampaignError(_("This list is not there any more."))
    return Asked(recipient, datetime.fromtimestamp(data["t"], tz=timezone.get_default_timezone()), Wish(**data["w"]))


def confirm(*, token: str) -> Recipient:
    """Subscribe whom the link names, and note the proof. Safe to repeat; a link that was used revives nobody."""
    with transaction.atomic():
        asked = asked_with(token=token)
        recipient = Recipient.objects.select_for_update().get(pk=asked.recipient.pk)
        asked = Asked(recipient, asked.at, asked.wish)
        if asked.is_used:
            if not recipient.is_mailable:
                raise CampaignError(_("This link was used already. Please sign up again."))
            return recipient
        if Suppression.objects.filter(owner=None, email_hash=recipient.email_hash).exists():
            raise CampaignError(_("This site may not write to this address."))
        subscribe(recipient, asked.wish)
        source = asked.wish.source
        transaction.on_commit(lambda: recipient_subscribed.send(sender=Recipient, recipient=recipient, source=source))
    return recipient


def subscribe(recipient: Recipient, wish: Wish) -> None:
    now = timezone.now()
    Suppression.objects.filter(owner=recipient.owner_id, email_hash=recipient.email_hash, reason__in=FORGOTTEN).delete()
    recipient.state = Recipient.State.ACTIVE
    recipient.consent_basis = Recipient.Consent.OPT_IN
    recipient.consent_source = wish.source
    recipient.consent_wording = ConsentWording.objects.filter(pk=wish.wording).first()
    recipient.consent_ip = wish.ip
    recipient.consented_at = now
    if wish.tracking:
        recipient.tracking_agreed_at = now
    recipient.full_name = recipient.full_name or wish.full_name
    recipient.time_zone = recipient.time_zone or wish.time_zone
    recipient.language = recipient.language or wish.language
    recipient.attributes = recipient.attributes | dict(wish.attributes)
    recipient.save()
    recipient.tags.add(*Tag.objects.filter(owner=recipient.owner_id, pk__in=wish.tags))
    for topic in Topic.objects.filter(owner=recipient.owner_id, pk__in=wish.topics):
        TopicChoice.objects.update_or_create(topic=topic, recipient=recipient, defaults={"wanted": True})
