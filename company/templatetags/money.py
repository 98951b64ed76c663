"""`{% load money %}{{ order.total|money:order.currency }}`"""

from decimal import Decimal

from django import template

from company.money import format_money

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str = "") -> str:
    """The amount by locale; nothing for no amount."""
    return "" if amount is None else format_money(Decimal(amount), currency)
