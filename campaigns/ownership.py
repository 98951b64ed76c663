"""Becoming a campaign owner, and who is one."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group
from django.utils.translation import gettext as _

from accounts.emails import has_confirmed_email
from accounts.models import User
from campaigns.errors import CampaignError
from campaigns.roles import CAMPAIGN_OWNERS, MANAGERS

OWNER_PERMISSION = "campaigns.add_mailing"


class NeedsConfirmedEmail(CampaignError):
    """The address has to be confirmed first."""


def is_campaign_owner(user: AbstractBaseUser | AnonymousUser) -> bool:
    return isinstance(user, User) and not user.is_blocked and user.has_perm(OWNER_PERMISSION)


def check_may_become_owner(*, user: User) -> None:
    """Raises CampaignError with what stands in the way."""
    if user.is_blocked:
        raise CampaignError(_("Your account is blocked."))
    if user.groups.filter(name=MANAGERS).exists():
        # Whoever stops other people's mailings has none of their own, unless an administrator decides so.
        raise CampaignError(_("Managers oversee mailings and send none of their own."))
    if not has_confirmed_email(user=user):
        raise NeedsConfirmedEmail(_("Please confirm your e-mail address first."))


def become_campaign_owner(*, user: User) -> None:
    """Give the user the role. Once is as good as twice."""
    if is_campaign_owner(user):
        return
    check_may_become_owner(user=user)
    group, _created = Group.objects.get_or_create(name=CAMPAIGN_OWNERS)
    user.groups.add(group)
