"""What the shop writes into a timeline: kept as a code and its values, read by each in their own language."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from company.money import format_money

NOTES: dict[str, str | Promise] = {
    "not_paid_in_time": _("It was not paid in time."),
    "wrong_sum": _("The sum paid is not the sum of the order."),
    "paid_twice": _("The order was paid twice."),
    "paid_after_cancelling": _("The order was cancelled before the payment arrived."),
    "late_sold_out": _("The payment arrived late and the goods are sold out."),
    "late_coupon_used": _("The payment arrived late and the coupon has been used up meanwhile."),
    "late_in_stock": _("The payment arrived late; the goods were still there."),
    "refund_asked": _("%(sum)s is to be given back."),
    "refund_asked_because": _("%(sum)s is to be given back: %(reason)s"),
    "given_back": _("%(sum)s was given back."),
    "given_back_by_hand": _("%(sum)s was given back by hand."),
    "refund_failed": _("The refund failed at the gateway; please give the money back by hand. %(error)s"),
    "refund_tried_again": _("The refund of %(sum)s is tried again."),
    "refunded_at_gateway": _("Refunded at the payment service."),
    "cancelled_by_customer": _("Called off by the customer."),
    "cancelled_by_shop": _("Called off by the shop."),
    "paid_at_handover": _("%(sum)s was paid."),
    "refused_goods_back": _("Not taken: the goods are back with us."),
    "refused_goods_lost": _("Not taken; the goods have not come back."),
    "parcel_left": _("A parcel has left us: %(parcel)s."),
    "plain_parcel_left": _("A parcel has left us."),
    "part_ready": _("A part of the order is ready to be collected."),
    "parcel_arrived": _("A parcel was delivered: %(parcel)s."),
    "counted_as_delivered": _("Counted as delivered after %(days)s days."),
    "corrected": _("Corrected: %(changes)s"),
    "return_requested": _("A return was asked for: %(reason)s"),
    "return_approved": _("The return was approved. %(answer)s"),
    "return_received": _("The returned goods have arrived."),
    "return_refunded": _("%(sum)s is to be given back for the return."),
    "return_refused": _("The return was refused. %(answer)s"),
    "bank_at_work": _("The bank is at work on the payment; it may take days."),
    "dispute_warning_needs_response": _("The customer's bank asks about %(sum)s: answer by %(due)s."),
    "dispute_warning_under_review": _("The bank looks at our answer about %(sum)s."),
    "dispute_warning_closed": _("The bank has closed its inquiry about %(sum)s."),
    "dispute_needs_response": _("The customer's bank disputes %(sum)s: answer by %(due)s."),
    "dispute_under_review": _("The bank looks at our answer to the dispute over %(sum)s."),
    "dispute_won": _("The dispute over %(sum)s is won: the money stays."),
    "dispute_lost": _("The dispute over %(sum)s is lost: the money is gone."),
    "dispute_prevented": _("The dispute over %(sum)s was settled before it began."),
    "dispute_withdrawn": _("%(sum)s is off our balance because of the dispute."),
    "dispute_last_call": _("The dispute over %(sum)s wants an answer by %(due)s."),
    "disputed": _("The customer disputes the payment."),
    "dispute_closed": _("The dispute is closed: %(status)s."),
}

# What stands for “paid” in the timeline of an order whose goods went first: its status was another one by then.
PAID_AT_HANDOVER = "paid_at_handover"

# For staff alone: what went on between shop and gateway.
INTERNAL = frozenset(
    {"refund_failed", "refund_tried_again", "corrected"} | {code for code in NOTES if code.startswith("disput")}
)


# What may be corrected, as people call it.
FIELDS: dict[str, str | Promise] = {
    "email": _("e-mail"),
    "full_name": _("name"),
    "phone": _("phone"),
    "company": _("company"),
    "vat_number": _("VAT number"),
    "line1": _("street and house"),
    "line2": _("flat, floor"),
    "city": _("city"),
    "region": _("region"),
    "postal_code": _("postal code"),
}


def money(amount: Decimal, currency: str) -> dict[str, str]:
    """A sum as a value of a note."""
    return {"amount": str(amount), "currency": currency}


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The note in the active language; of a code that is not known any more, the code."""
    text = str(NOTES.get(code, code))
    try:
        return text % {name: readable(value) for name, value in params.items()}
    except (KeyError, ValueError, TypeError):
        return text


def readable(value: Any) -> str:
    if isinstance(value, dict) and {"amount", "currency"} <= value.keys():
        try:
            return format_money(Decimal(value["amount"]), value["currency"])
        except InvalidOperation:
            return str(value["amount"])
    if isinstance(value, list):
        return "; ".join(f"{FIELDS.get(name, name)}: {before or '–'} → {after or '–'}" for name, before, after in value)
    return str(value)
