"""The built-in gateway for trying the shop out: exists only with DEBUG."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from company.money import from_minor_units
from store.disputes import Told
from store.errors import PaymentRefused, PaymentUnavailable
from store.models import Dispute, Payment, PaymentStatus, Refund, WebhookEvent
from store.payments.base import STILL_OPEN, Outcome, Purchase, Started

CODE = "test"
PAID, DISPUTED = "payment.succeeded", "payment.disputed"
# Shoppers with this card's number see their refunds fail.
REFUND_FAILS = "_5126"
OFF, OFF_SECONDS = "sandbox:off", 60


def switch_off() -> None:
    """Does not answer for a minute, as gateways sometimes do not."""
    cache.set(OFF, "1", OFF_SECONDS)


def check_it_answers() -> None:
    """Raises PaymentUnavailable while it is switched off."""
    if settings.DEBUG and cache.get(OFF):
        raise PaymentUnavailable("The test gateway is switched off.")


class SandboxGateway:
    code = CODE
    label: str | Promise = _("Test card")
    note: str | Promise = _("No money moves. Any of the test cards will do.")
    hold = timedelta(minutes=40)
    mails_instructions = goods_first = False

    def is_offered(self) -> bool:
        return bool(settings.DEBUG)

    def suits(self, purchase: Purchase) -> bool:
        return True

    @property
    def instructions(self) -> str:
        return ""

    def start(self, payment: Payment) -> Started:
        check_it_answers()
        reference = payment.reference or f"test_{secrets.token_urlsafe(16)}"
        return Started(reference=reference, url=reverse("store:payment_test", kwargs={"reference": reference}))

    def is_stale(self, payment: Payment) -> bool:
        return False

    def fetch(self, payment: Payment) -> Outcome:
        """Its books are the events that it has sent."""
        check_it_answers()
        events = WebhookEvent.objects.filter(gateway=CODE, type=PAID, payload__reference=payment.reference)
        # What its bank will say only in a while is not in the books yet.
        told = events.exclude(attempts=0, next_try_at__gt=timezone.now())
        event = told.first() if payment.reference else None
        if event is None:
            at_the_bank = payment.status == PaymentStatus.PROCESSING
            return Outcome(status=PaymentStatus.PROCESSING) if at_the_bank else STILL_OPEN
        return outcome(event)

    def expire(self, payment: Payment) -> Outcome:
        found = self.fetch(payment)
        return (
            found
            if found.status in (PaymentStatus.SUCCEEDED, PaymentStatus.PROCESSING)
            else Outcome(status=PaymentStatus.EXPIRED)
        )

    def refund(self, refund: Refund) -> tuple[str, bool]:
        check_it_answers()
        if refund.payment.charge_reference.endswith(REFUND_FAILS):
            raise PaymentRefused(gettext("The card does not take money back."))
        return f"test_refund_{refund.pk}", True


def outcome(event: WebhookEvent) -> Outcome:
    """What one of its events says."""
    payload = event.payload
    return Outcome(
        status=payload["status"],
        amount=payload["amount"],
        currency=payload["currency"],
        charge_reference=payload["charge"],
        error=payload["error"],
    )


def dispute(event: WebhookEvent) -> Told:
    """The cardholder's bank takes it back."""
    payload = event.payload
    return Told(
        reference=f"dispute_{payload['reference']}",
        amount=from_minor_units(payload["amount"], payload["currency"]),
        currency=payload["currency"],
        status=Dispute.Status.NEEDS_RESPONSE,
        at=event.received_at,
        reason="fraudulent",
        due_at=event.received_at + timedelta(days=7),
        withdrawn=True,
    )
