"""What the mailings know about a customer of the shop. Whose lists they are stays private to the lists' owners."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import addresses
from campaigns.models import Recipient, Suppression
from store.customer_facts import Fact


def facts(email: str) -> list[Fact]:
    """In how many lists with consent, and whether nobody may write there any more."""
    found = Recipient.objects.filter(email_norm=addresses.normalise(email))
    active = found.filter(state=Recipient.State.ACTIVE).count()
    everywhere = Q(owner__isnull=True, email_hash=addresses.email_hash(addresses.normalise(email)))
    if Suppression.objects.filter(everywhere).exists():
        state = _("wants no mailings")
    elif active:
        state = ngettext("agreed, in %(count)d list", "agreed, in %(count)d lists", active) % {"count": active}
    else:
        state = _("has not agreed to any")
    return [Fact(_("Mailings"), state)]
