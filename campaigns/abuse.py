"""“Report abuse” from a message's footer, and what managers decide about it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.blocking import block_user
from accounts.errors import AccountError
from accounts.models import User
from campaigns import oversight, unsubscribing
from campaigns.audit import record
from campaigns.errors import CampaignError
from campaigns.models import AbuseReport

MAX_TEXT = 2000


def url(delivery: int) -> str:
    """Where the recipient of this delivery reports it; the token is the same as of its way out."""
    return f"{settings.SITE_URL}/u/{unsubscribing.token(delivery)}/report/"


def report(*, token: str, reason: str, text: str = "") -> AbuseReport:
    """Store what the recipient says; once per message received: a second call leaves the first one's words.

    Raises CampaignError for a token that is not ours.
    """
    if reason not in AbuseReport.Reason.values:
        raise CampaignError(_("Choose what is wrong with the message."))
    delivery = unsubscribing.delivery_of(token)
    found, _made = AbuseReport.objects.get_or_create(
        delivery=delivery,
        defaults={
            "mailing": delivery.run.mailing,
            "reason": reason,
            "text": text.replace("\0", "").strip()[:MAX_TEXT],
        },
    )
    return found


def waiting() -> QuerySet[AbuseReport]:
    return AbuseReport.objects.filter(handled_at__isnull=True)


def dismiss(*, report: AbuseReport, by: User, reason: str) -> AbuseReport:
    """Nothing is wrong with the mailing. Nobody is told; the reason stands in the log."""
    return decide(report, by, reason, decision=_("Dismissed"), others=None, act=None)


def stop_mailing(*, report: AbuseReport, by: User, reason: str) -> AbuseReport:
    """Disable the mailing, or its whole series, which answers all that was reported of it; its owner is told."""
    series = oversight.series_of(report.mailing)
    stopped = list(series.steps.values_list("mailing", flat=True)) if series else [report.mailing_id]

    def act(why: str) -> None:
        oversight.stop_mailing(mailing=report.mailing, by=by, reason=why)

    return decide(report, by, reason, _("Mailing disabled"), waiting().filter(mailing__in=stopped), act)


def block_owner(*, report: AbuseReport, by: User, reason: str) -> AbuseReport:
    """Shut the owner out, which stops all their mailings; they are told by mail."""
    owner = report.mailing.owner

    def act(why: str) -> None:
        try:
            block_user(user=owner, by=by, reason=why)
        except AccountError as error:
            raise CampaignError(str(error)) from error
        oversight.tell_of_block(owner=owner, reason=why)

    return decide(report, by, reason, _("Owner blocked"), waiting().filter(mailing__owner=owner), act)


def decide(
    report: AbuseReport,
    by: User,
    reason: str,
    decision: str,
    others: QuerySet[AbuseReport] | None,
    act: Callable[[str], Any] | None,
) -> AbuseReport:
    """Close the report, and `others` that the same decision answers. Raises CampaignError when it was closed before."""
    oversight.check(by)
    why = oversight.reason_of(reason)
    with transaction.atomic():
        locked = AbuseReport.objects.select_for_update().get(pk=report.pk)
        if locked.handled_at is not None:
            raise CampaignError(_("This report was decided already: %(decision)s.") % {"decision": locked.decision})
        answered = [locked] if others is None else list(others.select_for_update())
        if act is not None:
            act(why)
        rows = AbuseReport.objects.filter(pk__in=[row.pk for row in answered])
        rows.update(handled_at=timezone.now(), handled_by=by, decision=f"{decision}: {why}"[:255])
        for row in answered:
            record(instance=row, action="campaigns.abuse", by=by, data={"decision": decision, "reason": why})
    report.refresh_from_db()
    return report
