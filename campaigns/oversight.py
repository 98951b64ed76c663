"""What managers may do: stop a mailing or a series, with a reason, and let it go on; set an owner's quota."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_q.tasks import async_task

from accounts.models import User
from campaigns import mailings
from campaigns.audit import record
from campaigns.automations import switching
from campaigns.errors import CampaignError, NotAllowed
from campaigns.models import Automation, Mailing, OwnerSettings, Transport
from campaigns.owners import settings_of
from notifications.notices import notify
from notifications.outgoing import queue_mail

DISABLE_PERMISSION = "campaigns.disable_mailing"
SENTENCES = {
    "mailing_disabled": gettext_lazy("Your mailing “%(mailing)s” was stopped: %(reason)s"),
    "mailing_enabled": gettext_lazy("Your mailing “%(mailing)s” goes on"),
    "series_disabled": gettext_lazy("Your series “%(mailing)s” was stopped: %(reason)s"),
    "series_enabled": gettext_lazy("Your series “%(mailing)s” goes on"),
}


def may_disable(user: User) -> bool:
    return not user.is_blocked and user.has_perm(DISABLE_PERMISSION)


def stop_mailing(*, mailing: Mailing, by: User, reason: str) -> Mailing:
    """Disable it; logged, and told to its owner by mail. Once more changes nothing and tells nobody.

    A series is stopped as a whole, whichever of its messages is at fault.
    """
    check(by)
    if series := series_of(mailing):
        stop_series(automation=series, by=by, reason=reason)
        mailing.refresh_from_db()
        return mailing
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
    if series := series_of(mailing):
        release_series(automation=series, by=by)
        mailing.refresh_from_db()
        return mailing
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


def series_of(mailing: Mailing) -> Automation | None:
    """The series whose message this mailing sends; None for a mailing of its own, or when the step is gone."""
    return Automation.objects.select_related("owner").filter(steps__mailing=mailing.pk).first()


def stop_series(*, automation: Automation, by: User, reason: str) -> Automation:
    """Disable it with all its messages; logged, and told to its owner. Once more changes nothing and tells nobody."""
    check(by)
    why = reason_of(reason)
    with transaction.atomic():
        if Automation.objects.select_for_update().get(pk=automation.pk).disabled_at is None:
            switching.disable(automation=automation, reason=why)
            record(instance=automation, action="campaigns.disable", by=by, data={"reason": why})
            tell_owner(automation, kind="series_disabled", reason=why)
    automation.refresh_from_db()
    return automation


def release_series(*, automation: Automation, by: User) -> Automation:
    """Enable it again; logged and told likewise."""
    check(by)
    with transaction.atomic():
        if Automation.objects.select_for_update().get(pk=automation.pk).disabled_at is not None:
            switching.enable(automation=automation)
            record(instance=automation, action="campaigns.enable", by=by)
            tell_owner(automation, kind="series_enabled")
    automation.refresh_from_db()
    return automation


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


def tell_owner(stopped: Mailing | Automation, *, kind: str, reason: str = "") -> None:
    """By mail and by a notice, in the owner's language."""
    owner = stopped.owner
    noun, plural = ("series", "series") if isinstance(stopped, Automation) else ("mailing", "mailings")
    path = f"/campaigns/{plural}/{stopped.pk}/"
    context = {"mailing": str(stopped), "reason": reason, "owner": str(owner), "path": path}
    queue_mail(kind=kind, to=owner.email, context=context, language=owner.language, reference=f"{noun}-{stopped.pk}")
    with translation.override(owner.language):
        text = SENTENCES[kind] % context
    notify(user=owner, text=text, url=path)
