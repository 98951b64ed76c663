"""`{% load money %}{{ order.total|money:order.currency }} {{ part.rate|percent }}`"""

from decimal import Decimal

from django import template

from company.money import format_money, format_percent

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str = "") -> str:
    """The amount by locale; nothing for no amount."""
    return "" if amount is None else format_money(Decimal(amount), currency)


@register.filter
def percent(value: Decimal | int) -> str:
    """With its sign, by locale."""
    return format_percent(value)
