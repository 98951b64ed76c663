"""Telling staff that money does something they must know of."""

import json
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django_q.tasks import async_task

from accounts.models import User
from notifications.models import OutgoingMail
from notifications.notices import notify
from notifications.outgoing import queue_mail
from store.models import Order
from store.models.order_notes import sentence

PERMISSION = "store.refund_order"
KIND = "payment_alert"


def tell(*, order: Order, code: str, params: dict[str, Any] | None = None) -> None:
    """Have the worker tell everybody who may refund (a sentence of `order_notes`), once all of this is true."""
    transaction.on_commit(lambda: async_task("store.tasks.alert_staff", order.pk, code, params or {}))


def send(*, order_id: int, code: str, params: dict[str, Any]) -> None:
    """A notice on the page and a mail to each of them; the same about the same order once."""
    order = Order.objects.get(pk=order_id)
    path = f"{reverse('store_orders:inspect', args=[order.pk])}#payments"
    seal = blake2b(f"{code} {json.dumps(params, sort_keys=True)}".encode(), digest_size=6).hexdigest()
    reference = f"{order.number}#{seal}"
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=order_id)
        told = set(OutgoingMail.objects.filter(kind=KIND, reference=reference).values_list("to", flat=True))
        for user in people():
            if user.email in told:
                continue
            with translation.override(user.language):
                text = sentence(code, params)
            notify(user=user, text=f"{order.number}: {text}", url=path)
            context = {"order": order, "text": text, "url": f"{settings.SITE_URL}{path}"}
            queue_mail(kind=KIND, to=user.email, context=context, language=user.language, reference=reference)


def people() -> list[User]:
    """Staff who may refund and may log in."""
    return list(User.objects.allowed_in().with_right(PERMISSION, superusers=True).order_by("pk"))
