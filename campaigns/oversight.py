"""What managers may do to a mailing: stop it, with a reason that its owner reads, and let it go on."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import mailings
from campaigns.audit import record
from campaigns.errors import CampaignError
from campaigns.models import Mailing
from notifications.outgoing import queue_mail

DISABLE_PERMISSION = "campaigns.disable_mailing"


class NotAllowed(CampaignError):
    """The user's role does not reach so far."""


def may_disable(user: User) -> bool:
    return not user.is_blocked and user.has_perm(DISABLE_PERMISSION)


def stop_mailing(*, mailing: Mailing, by: User, reason: str) -> Mailing:
    """Disable it; logged, and told to its owner by mail. Once more changes nothing and tells nobody."""
    check(by)
    with transaction.atomic():
        if Mailing.objects.select_for_update().get(pk=mailing.pk).is_disabled:
            mailing.refresh_from_db()
            return mailing
        mailings.disable_mailing(mailing=mailing, reason=reason)
        record(instance=mailing, action="campaigns.disable", by=by, data={"reason": mailing.disabled_reason})
        tell_owner(mailing, kind="mailing_disabled", reason=mailing.disabled_reason)
    return mailing


def release_mailing(*, mailing: Mailing, by: User) -> Mailing:
    """Enable it again; logged and told likewise."""
    check(by)
    with transaction.atomic():
        if not Mailing.objects.select_for_update().get(pk=mailing.pk).is_disabled:
            mailing.refresh_from_db()
            return mailing
        mailings.enable_mailing(mailing=mailing)
        record(instance=mailing, action="campaigns.enable", by=by)
        tell_owner(mailing, kind="mailing_enabled")
    return mailing


def check(by: User) -> None:
    if not may_disable(by):
        raise NotAllowed(_("Only managers stop other people’s mailings."))


def tell_owner(mailing: Mailing, *, kind: str, reason: str = "") -> None:
    owner = mailing.owner
    context = {
        "mailing": str(mailing),
        "reason": reason,
        "owner": str(owner),
        "path": f"/campaigns/mailings/{mailing.pk}/",
    }
    queue_mail(kind=kind, to=owner.email, context=context, language=owner.language, reference=f"mailing-{mailing.pk}")
