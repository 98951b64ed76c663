"""The built-in gateway for trying the shop out: exists only with DEBUG, takes the three cards of the field."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from store.models import Payment, PaymentStatus, Refund, WebhookEvent
from store.payments.base import STILL_OPEN, Outcome, Purchase, Started

CODE = "test"
PAID = "payment.succeeded"


class SandboxGateway:
    code = CODE
    label: str | Promise = _("Test card")
    note: str | Promise = _("No money moves. Any of the test cards will do.")
    hold = timedelta(minutes=40)
    mails_instructions = False

    def is_offered(self) -> bool:
        return bool(settings.DEBUG)

    def suits(self, purchase: Purchase) -> bool:
        return True

    @property
    def instructions(self) -> str:
        return ""

    def start(self, payment: Payment) -> Started:
        reference = payment.reference or f"test_{secrets.token_urlsafe(16)}"
        return Started(reference=reference, url=reverse("store:payment_test", kwargs={"reference": reference}))

    def is_stale(self, payment: Payment) -> bool:
        return False

    def fetch(self, payment: Payment) -> Outcome:
        """Its books are the events that it has sent."""
        events = WebhookEvent.objects.filter(gateway=CODE, type=PAID, payload__reference=payment.reference)
        event = events.first() if payment.reference else None
        return outcome(event) if event else STILL_OPEN

    def expire(self, payment: Payment) -> Outcome:
        found = self.fetch(payment)
        return found if found.status == PaymentStatus.SUCCEEDED else Outcome(status=PaymentStatus.EXPIRED)

    def refund(self, refund: Refund) -> tuple[str, bool]:
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
