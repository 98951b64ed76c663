"""What managers may do: stop a mailing, with a reason that its owner reads, and let it go on; set an owner's quota."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from accounts.models import User
from campaigns import mailings
from campaigns.audit import record
from campaigns.errors import CampaignError, NotAllowed
from campaigns.models import Mailing, OwnerSettings, Transport
from campaigns.owners import settings_of
from notifications.notices import notify
from notifications.outgoing import queue_mail

DISABLE_PERMISSION = "campaigns.disable_mailing"


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


def stop_mailings(*, chosen: Iterable[Mailing], by: User, reason: str) -> int:
    """Disable several for the same reason; how many were not disabled yet. Finished ones are left alone."""
    check(by)
    stoppable = [mailing for mailing in chosen if not mailing.is_disabled and not mailing.is_finished]
    for mailing in stoppable:
        stop_mailing(mailing=mailing, by=by, reason=reason)
    return len(stoppable)


def set_quota(*, owner: User, by: User, daily_quota: int | None, reason: str) -> OwnerSettings:
    """How many messages a day the owner may send; None: the site's own figure. Logged, and told to the owner."""
    check(by)
    why = reason_of(reason)
    if daily_quota is not None and not 0 <= daily_quota < 2**31:
        raise CampaignError(_("Give a number of messages a day, or nothing for the site’s own."))
    with transaction.atomic():
        row = settings_of(owner)
        before, row.daily_quota, row.quota_reason = row.daily_quota, daily_quota, why
        row.save(update_fields=["daily_quota", "quota_reason"])
        data = {"before": before, "after": daily_quota, "reason": why}
        record(instance=row, action="campaigns.quota", by=by, data=data)
        context = {"owner": str(owner), "reason": why, "quota": daily_quota}
        queue_mail(kind="quota_changed", to=owner.email, context=context, language=owner.language)
        with translation.override(owner.language):
            text = _("Your daily quota of messages was changed: %(reason)s") % {"reason": why}
        notify(user=owner, text=text, url="/campaigns/")
    return row


def probe_now(*, by: User) -> bool:
    """Have the sender try a mail server in trouble at once. False when it is in none."""
    check(by)
    waiting = Transport.objects.filter(open_since__isnull=False)
    if not waiting.update(next_probe_at=timezone.now()):
        return False
    transaction.on_commit(lambda: async_task("campaigns.tasks.tick", group="campaigns"))
    return True


def check(by: User) -> None:
    if not may_disable(by):
        raise NotAllowed(_("Only managers stop other people’s mailings."))


def reason_of(text: str) -> str:
    """The reason as it is stored and told; CampaignError when there is none."""
    reason = " ".join(text.replace("\0", "").split())[:255]
    if not reason:
        raise CampaignError(_("Give a reason: it is kept in the history."))
    return reason


def tell_of_block(*, owner: User, reason: str) -> None:
    """Whoever was blocked can't log in any more: a mail is all that reaches them."""
    context = {"owner": str(owner), "reason": reason}
    queue_mail(kind="owner_blocked", to=owner.email, context=context, language=owner.language)


def tell_owner(mailing: Mailing, *, kind: str, reason: str = "") -> None:
    owner = mailing.owner
    context = {
        "mailing": str(mailing),
        "reason": reason,
        "owner": str(owner),
        "path": f"/campaigns/mailings/{mailing.pk}/",
    }
    queue_mail(kind=kind, to=owner.email, context=context, language=owner.language, reference=f"mailing-{mailing.pk}")
    with translation.override(owner.language):
        stopped = _("Your mailing “%(mailing)s” was stopped: %(reason)s") % context
        text = stopped if reason else _("Your mailing “%(mailing)s” goes on") % context
    notify(user=owner, text=text, url=str(context["path"]))
