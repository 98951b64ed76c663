"""/mailings/{id}/…: what is done to a mailing that exists."""

from typing import Any, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema

from accounts.models import User
from api.auth import user as logged_in
from campaigns import mailings as verbs
from campaigns import messages, oversight, retrying
from campaigns.api.access import own_mailings
from campaigns.api.conflicts import conflicts
from campaigns.api.mailings import MailingOut
from campaigns.errors import CampaignError
from campaigns.models import Mailing

router = Router()


class Reason(Schema):
    reason: str


class Sent(Schema):
    """Where the test went; `again` is false when the same test had just been sent."""

    to: str
    sent: bool


class Retry(Schema):
    run: int | None = None
    in_doubt: bool = False


class Retried(Schema):
    run: int
    queued: int


@router.post("/mailings/{int:mailing_id}/pause", response=MailingOut, auth=logged_in, by_alias=False)
def pause(request: HttpRequest, mailing_id: int) -> Any:
    """Stop within a message or 100 ms, to be resumed."""
    return steer(request, mailing_id, verbs.pause_mailing, already=Mailing.Status.PAUSED)


@router.post("/mailings/{int:mailing_id}/resume", response=MailingOut, auth=logged_in, by_alias=False)
def resume(request: HttpRequest, mailing_id: int) -> Any:
    """Go on where it was paused."""
    return steer(request, mailing_id, verbs.resume_mailing)


@router.post("/mailings/{int:mailing_id}/cancel", response=MailingOut, auth=logged_in, by_alias=False)
def cancel(request: HttpRequest, mailing_id: int) -> Any:
    """Stop for good; what was sent stays on record."""
    return steer(request, mailing_id, verbs.cancel_mailing, already=Mailing.Status.CANCELLED)


@router.post("/mailings/{int:mailing_id}/retry", response=Retried, auth=logged_in)
def retry(request: HttpRequest, mailing_id: int, payload: Retry | None = None) -> Any:
    """Try a run's failures again, by default the latest one's; never what was sent or has failed for good.

    With `in_doubt` those of whom nobody knows as well: a few may get it twice.
    """
    payload = payload or Retry()
    mailing = get_object_or_404(own_mailings(request), pk=mailing_id)
    runs = mailing.runs.select_related("mailing__owner")
    run = get_object_or_404(runs, pk=payload.run) if payload.run else runs.first()
    with conflicts():
        if run is None:
            raise CampaignError(_("Nothing has gone out yet."))
        number = retrying.retry_failed(run=run, with_in_doubt=payload.in_doubt)
    return {"run": run.pk, "queued": number}


@router.post("/mailings/{int:mailing_id}/duplicate", response={201: MailingOut}, auth=logged_in, by_alias=False)
def duplicate(request: HttpRequest, mailing_id: int) -> Any:
    """A paused copy that starts now and has no end: change it, then resume it."""
    mailing = get_object_or_404(own_mailings(request).select_related("message", "owner"), pk=mailing_id)
    return 201, verbs.duplicate_mailing(mailing=mailing)


def steer(request: HttpRequest, mailing_id: int, verb: Any, *, already: str = "") -> Mailing:
    """Call the verb on the caller's mailing, unless it is there `already`; 409 when its status does not allow it."""
    mailing = get_object_or_404(own_mailings(request), pk=mailing_id)
    if mailing.status == already:
        return mailing
    with conflicts():
        return cast(Mailing, verb(mailing=mailing))


@router.post("/mailings/{int:mailing_id}/test", response=Sent, auth=logged_in)
def test(request: HttpRequest, mailing_id: int) -> Any:
    """Send the mailing's message once to the caller."""
    mailing = get_object_or_404(own_mailings(request).select_related("message__owner", "sender"), pk=mailing_id)
    user = cast(User, request.user)
    sent = messages.send_test(message=mailing.message, to=user, sender=mailing.sender)
    return {"to": user.email, "sent": sent}


@router.post("/mailings/{int:mailing_id}/disable", response=MailingOut, auth=logged_in, by_alias=False)
def disable(request: HttpRequest, mailing_id: int, payload: Reason) -> Any:
    """Managers: stop anybody's mailing; its owner is told the reason."""
    return oversight.stop_mailing(
        mailing=overseen(request, mailing_id), by=cast(User, request.user), reason=payload.reason
    )


@router.post("/mailings/{int:mailing_id}/enable", response=MailingOut, auth=logged_in, by_alias=False)
def enable(request: HttpRequest, mailing_id: int) -> Any:
    """Managers: let it go on."""
    return oversight.release_mailing(mailing=overseen(request, mailing_id), by=cast(User, request.user))


def overseen(request: HttpRequest, mailing_id: int) -> Mailing:
    """Any mailing, for those who may stop it; the others do not learn whether it exists."""
    oversight.check(cast(User, request.user))
    return get_object_or_404(Mailing.objects.select_related("owner", "message"), pk=mailing_id)
