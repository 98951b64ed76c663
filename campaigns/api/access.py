"""Whose rows a caller of the API reads and writes."""

from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Mailing
from campaigns.ownership import is_campaign_owner
from campaigns.policies import visible_rows

M = TypeVar("M", bound=Model)


def campaign_owner(request: HttpRequest) -> User:
    """The caller, if they have the role; else 403."""
    if not is_campaign_owner(request.user):
        raise PermissionDenied(_("This is for campaign owners. Become one at /campaigns/."))
    return cast(User, request.user)


def own(request: HttpRequest, model: type[M]) -> QuerySet[M]:
    """The caller's own rows, to change them."""
    manager: Any = model._default_manager
    return manager.owned_by(campaign_owner(request))


def own_mailings(request: HttpRequest) -> QuerySet[Mailing]:
    """The caller's own, without the hidden ones of automations."""
    return own(request, Mailing).filter(kind=Mailing.Kind.REGULAR)


def visible(request: HttpRequest, model: type[M]) -> QuerySet[M]:
    """What the caller may read: their own rows; managers, everybody's."""
    user = cast(User, request.user)
    if not is_campaign_owner(user) and not user.has_perm("campaigns.view_all"):
        campaign_owner(request)
    return visible_rows(user, model)
