"""Agreeing to something, and taking it back; each with words, time, IP address and place."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Consent, ConsentText, User, normalise_email
from accounts.signals import consent_given, consent_withdrawn


def give(
    *, email: str, purpose: str, text: str, source: str, ip: str | None = None, user: User | None = None
) -> Consent:
    """Write down that whoever has `email` agreed to these words. Agreeing again leaves the first consent in force."""
    email = normalise_email(email)
    found = in_force(email=email, purpose=purpose)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            consent = Consent.objects.create(
                email=email,
                user=user,
                purpose=purpose,
                text=ConsentText.of(text),
                ip=ip or None,
                source=source[:200],
            )
    except IntegrityError:
        # A double click: the other request was faster.
        found = in_force(email=email, purpose=purpose)
        if found is None:
            raise
        return found
    transaction.on_commit(lambda: consent_given.send_robust(sender=Consent, consent=consent))
    return consent


def withdraw(*, email: str, purpose: str, source: str) -> bool:
    """Take it back, from now on. False when there was nothing to take back."""
    consent = in_force(email=normalise_email(email), purpose=purpose)
    if consent is None:
        return False
    consent.withdrawn_at, consent.withdrawn_source = timezone.now(), source[:200]
    still = Consent.objects.in_force().filter(pk=consent.pk)
    if not still.update(withdrawn_at=consent.withdrawn_at, withdrawn_source=consent.withdrawn_source):
        return False
    transaction.on_commit(lambda: consent_withdrawn.send_robust(sender=Consent, consent=consent))
    return True


def in_force(*, email: str, purpose: str) -> Consent | None:
    return Consent.objects.in_force().filter(email=normalise_email(email), purpose=purpose).first()


def is_given(*, email: str, purpose: str) -> bool:
    return in_force(email=email, purpose=purpose) is not None


def history(user: User) -> QuerySet[Consent]:
    """All that the person has ever agreed to: with the account, or before it under an address proved to be theirs."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values("email")
    return Consent.objects.filter(Q(user=user) | Q(email__in=proved)).select_related("text")
