"""Which addresses are known to belong to whom."""

from allauth.account.models import EmailAddress

from accounts.models import User


def vouch_for_email(*, user: User) -> None:
    """Take the user's own address as confirmed: an administrator typed it, no mail needs to prove it."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).update(primary=False)
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def has_confirmed_email(*, user: User) -> bool:
    """Whether the user has proved that some address is theirs."""
    return EmailAddress.objects.filter(user=user, verified=True).exists()
