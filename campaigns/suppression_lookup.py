"""Whether an address may be written to, and lifting what forbids it. Only hashes are kept."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import addresses, oversight
from campaigns.audit import record
from campaigns.errors import CampaignError, NotAllowed
from campaigns.models import Suppression


def of_address(*, email: str) -> list[Suppression]:
    """Every owner's suppression of the address, the site's first."""
    rows = Suppression.objects.filter(email_hash=addresses.email_hash(email)).select_related("owner")
    return sorted(rows, key=lambda row: (row.owner_id is not None, row.pk))


def lift(*, suppression: Suppression, by: User, reason: str) -> None:
    """The address may be imported and confirmed anew; recipients who have it keep their state. Superusers only."""
    if not by.is_superuser or by.is_blocked:
        raise NotAllowed(_("Only an administrator lifts a suppression."))
    why = oversight.reason_of(reason)
    with transaction.atomic():
        pk = suppression.pk
        data = {"reason": why, "was": suppression.reason, "owner": suppression.owner_id}
        deleted, _rows = Suppression.objects.filter(pk=pk).delete()
        if not deleted:
            raise CampaignError(_("This suppression was lifted already."))
        suppression.pk = pk
        record(instance=suppression, action="campaigns.lift", by=by, deleted=True, data=data)
