"""Telling the staff that somebody has ordered."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from company.money import format_money
from notifications.models import Notice, OutgoingMail
from notifications.notices import notify
from notifications.outgoing import queue_mail
from store.models import Order, OrderAlert

PERMISSION = "process_order"
MAIL = "order_alert"


def choice_of(user: Any) -> OrderAlert:
    """What this person wants, as stored or as it is without a word from them."""
    return OrderAlert.objects.filter(user=user).first() or OrderAlert(user=user)


def choose(*, user: Any, on_page: bool, by_mail: bool) -> None:
    OrderAlert.objects.update_or_create(user=user, defaults={"on_page": on_page, "by_mail": by_mail})


def listeners() -> QuerySet[User]:
    """Who works with orders; administrators without that role only when they have asked for it."""
    at_work = Q(groups__permissions__codename=PERMISSION, groups__permissions__content_type__app_label="store")
    at_work |= Q(user_permissions__codename=PERMISSION, user_permissions__content_type__app_label="store")
    asked = Q(is_superuser=True, order_alert__isnull=False)
    found = User.objects.allowed_in().filter(at_work | asked).distinct()
    return found.select_related("order_alert").order_by("pk")


def announce(*, order_id: int) -> None:
    """Once per order and person, however often it is called."""
    order = Order.objects.get(pk=order_id)
    url = reverse("store_orders:inspect", args=[order.pk])
    told = set(Notice.objects.filter(url=url).values_list("user_id", flat=True))
    written = set(OutgoingMail.objects.filter(kind=MAIL, reference=order.number).values_list("to", flat=True))
    for user in listeners():
        wish = getattr(user, "order_alert", None) or OrderAlert(user=user)
        with translation.override(user.language):
            total = format_money(order.total, order.currency)
            if wish.on_page and user.pk not in told:
                text = _("New order %(number)s: %(name)s, %(total)s")
                values = {"number": order.number, "name": order.full_name[:80], "total": total}
                notify(user=user, text=text % values, url=url)
        if wish.by_mail and user.email not in written:
            queue_mail(
                kind=MAIL,
                to=user.email,
                context={"order": order, "lines": list(order.lines.all()), "url": f"{settings.SITE_URL}{url}"},
                language=user.language,
                reference=order.number,
            )
