"""Notices on the web for customers with an account, in the order's language."""

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.notices import notify
from store.models import Order

NOTICES: dict[str, str | Promise] = {
    "paid": _("Your order %(number)s is paid. Thank you!"),
    "shipped": _("Your order %(number)s is on its way."),
    "delivered": _("Your order %(number)s was delivered."),
    "refunded": _("Money for your order %(number)s goes back to you."),
    "cancelled": _("Your order %(number)s is cancelled."),
    "return_approved": _("You can send back what you asked to return of order %(number)s."),
    "return_received": _("What you sent back of order %(number)s has arrived."),
    "return_refused": _("We have answered your return of order %(number)s."),
    "ready": _("Your order %(number)s is ready to be collected."),
    "collected": _("You have collected your order %(number)s."),
    "note": _("We have written to you about order %(number)s."),
}
# What one says instead where the customer comes for the goods.
AT_PICKUP = {"shipped": "ready", "delivered": "collected"}


def tell_customer(order: Order, what: str) -> None:
    """Leave one for the account that ordered; guests have their mails."""
    if order.user is None:
        return
    if order.is_pickup:
        what = AT_PICKUP.get(what, what)
    with translation.override(order.language):
        notify(user=order.user, text=str(NOTICES[what]) % {"number": order.number}, url=order.get_absolute_url())
