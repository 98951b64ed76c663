"""The shop's newsletter: the list of the shop's own owner, and the consents that people gave for it."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import consents
from accounts.models import Consent, User
from campaigns import addresses, opt_in, owners
from campaigns.models import ConsentWording, Recipient
from campaigns.suppression import suppress

BY_LINK = "unsubscribed in a mail"
Purpose = Consent.Purpose


def reader(email: str, *, owner: User | None = None) -> Recipient | None:
    """Who of the shop's list has this address."""
    owner = owner or owners.shop_owner()
    if owner is None:
        return None
    return Recipient.objects.filter(owner=owner, email_norm=addresses.normalise(email)).first()


def is_subscribed(email: str) -> bool:
    found = reader(email)
    return found is not None and found.is_mailable


def take_in(consent: Consent) -> None:
    """Somebody agreed. An account's own confirmed address is on the list at once, any other is asked by mail."""
    owner = owners.shop_owner()
    if owner is None:
        return
    if consent.purpose == Purpose.TRACKING:
        people = Recipient.objects.filter(owner=owner, email_norm=addresses.normalise(consent.email))
        people.update(tracking_agreed_at=consent.given_at)
    elif is_own_address(consent):
        subscribe(owner, consent)
    elif not is_opted_in(reader(consent.email, owner=owner)):
        opt_in.ask(
            owner=owner, email=consent.email, wording=consent.text.text, source=consent.source, ip=consent.ip or None
        )


def is_own_address(consent: Consent) -> bool:
    addresses_of = EmailAddress.objects.filter(user=consent.user_id, verified=True)
    return consent.user_id is not None and addresses_of.filter(email__iexact=consent.email).exists()


def is_opted_in(recipient: Recipient | None) -> bool:
    return recipient is not None and recipient.is_mailable and recipient.consent_basis == Recipient.Consent.OPT_IN


def subscribe(owner: User, consent: Consent) -> Recipient:
    """Onto the list without asking again: the mailbox has answered before."""
    user = consent.user
    with transaction.atomic():
        recipient = opt_in.draft(owner, consent.email)
        wish = opt_in.Wish(
            wording=ConsentWording.of(consent.text.text).pk,
            source=consent.source,
            full_name=user.get_full_name() if user else "",
            ip=consent.ip,
            tracking=consents.is_given(email=consent.email, purpose=Purpose.TRACKING),
            time_zone=user.time_zone if user else "",
            language=user.language if user else "",
        )
        opt_in.subscribe(recipient, wish)
    return recipient


def was_confirmed(recipient: Recipient, *, source: str) -> None:
    """Whoever has subscribed to the shop's list by a form and a mail has agreed to the newsletter."""
    owner = owners.shop_owner()
    if owner is None or recipient.owner_id != owner.pk or recipient.consent_wording is None:
        return
    verified = EmailAddress.objects.filter(email__iexact=recipient.email, verified=True).select_related("user").first()
    consents.give(
        email=recipient.email,
        user=verified.user if verified else None,
        purpose=Purpose.NEWSLETTER,
        text=recipient.consent_wording.text,
        source=source or recipient.consent_source,
        ip=recipient.consent_ip,
    )


def let_go(consent: Consent) -> None:
    """Somebody took it back: no further mail, or no further notes, from now on."""
    owner = owners.shop_owner()
    recipient = reader(consent.email, owner=owner) if owner else None
    if owner is None or recipient is None:
        return
    if consent.purpose == Purpose.TRACKING:
        Recipient.objects.filter(pk=recipient.pk).update(tracking_agreed_at=None)
    elif recipient.state != Recipient.State.UNSUBSCRIBED:
        suppress(owner_id=owner.pk, emails=[recipient.email], reason="unsubscribed", state=Recipient.State.UNSUBSCRIBED)


def was_lost(*, owner_id: int, email: str) -> None:
    """By a link in a mail, or by a complaint: in the account it is withdrawn as well."""
    owner = owners.shop_owner()
    if owner is not None and owner_id == owner.pk:
        consents.withdraw(email=email, purpose=Purpose.NEWSLETTER, source=BY_LINK)


def change(*, user: User, purpose: str, wanted: bool, text: str, source: str, ip: str | None) -> None:
    """A box in the account, ticked or not."""
    if wanted:
        consents.give(email=user.email, user=user, purpose=purpose, text=text, source=source, ip=ip)
    elif not consents.withdraw(email=user.email, purpose=purpose, source=source) and purpose == Purpose.NEWSLETTER:
        # On the list without a consent of ours: by an import, say. The wish counts all the same.
        owner, recipient = owners.shop_owner(), reader(user.email)
        if owner is not None and recipient is not None and recipient.is_mailable:
            suppress(owner_id=owner.pk, emails=[user.email], reason="unsubscribed", state=Recipient.State.UNSUBSCRIBED)
