"""A new owner's first mailing waits for a manager, where the site asks for that (`MailingRules.approve_first`).

Whatever makes an owner's mail go out asks `must_wait` first: mailings wait as paused, with `pausing.APPROVAL` in
`paused_for`, until somebody calls `approve`.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import pausing
from campaigns.audit import record
from campaigns.errors import CampaignError, NotAllowed
from campaigns.models import Mailing, MailingRules, OwnerSettings, Run
from campaigns.moves import move
from campaigns.owners import is_shop, settings_of
from notifications.outgoing import queue_mail

APPROVE_PERMISSION = "campaigns.disable_mailing"


def must_wait(owner: User) -> bool:
    """Whether nothing of the owner's may go out yet. Administrators, the shop and who has sent before don't wait."""
    if not MailingRules.load().approve_first or owner.is_superuser or is_shop(owner):
        return False
    if OwnerSettings.objects.filter(owner=owner, approved_at__isnull=False).exists():
        return False
    return not Run.objects.owned_by(owner).filter(sent__gt=0).exists()


def waiting() -> QuerySet[Mailing]:
    """Mailings that wait for a manager, the oldest first."""
    return Mailing.objects.filter(status=Mailing.Status.PAUSED, paused_for=pausing.APPROVAL).order_by("pk")


def approve(owner: User, by: User) -> None:
    """Let the owner's waiting mailings go, and all that come; logged, and told to the owner. Once is enough."""
    if by.is_blocked or not by.has_perm(APPROVE_PERMISSION):
        raise NotAllowed(_("Only managers approve campaign owners."))
    if owner.is_blocked:
        raise CampaignError(_("This account is blocked."))
    row = settings_of(owner)
    with transaction.atomic():
        unapproved = OwnerSettings.objects.filter(pk=row.pk, approved_at__isnull=True)
        if not unapproved.update(approved_at=timezone.now(), approved_by=by):
            return
        for mailing in waiting().filter(owner=owner).select_related("message"):
            move(mailing, to=Mailing.Status.CREATED)
        record(instance=row, action="campaigns.approve", by=by)
        queue_mail(
            kind="owner_approved",
            to=owner.email,
            context={"owner": str(owner), "path": "/campaigns/"},
            language=owner.language,
            reference=f"owner-{owner.pk}",
        )
