"""Coupons: what a code is worth for a cart, taken with the order and given back when it comes to nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from company.money import format_money, round_money
from store.errors import CouponRefused, UnknownCoupon
from store.models import Cart, Coupon, CouponKind, CouponTarget, CouponUse, Order, Variant, code_key
from store.totals import NOTHING, spread

# Mail to name+anything@ and, at Google's, to n.a.m.e@ goes into one box.
DOTLESS = ("gmail.com", "googlemail.com")


@dataclass(frozen=True)
class Good:
    """One line of a cart as coupons see it. The variant brings its product, that its category."""

    variant: Variant
    total: Decimal


@dataclass(frozen=True)
class Benefit:
    """What a coupon takes off: a discount for each line, or the delivery. `refusal` says why it does not hold."""

    coupon: Coupon
    discounts: list[Decimal] = field(default_factory=list)
    free_shipping: bool = False
    refusal: str = ""

    @property
    def applies(self) -> bool:
        return not self.refusal


def find(code: str) -> Coupon:
    """The coupon with this code, however it is typed; raises UnknownCoupon."""
    key = code_key(code[:200])
    coupon = Coupon.objects.filter(key=key).first() if key else None
    if coupon is None:
        raise UnknownCoupon
    return coupon


def put_in(*, cart: Cart, code: str) -> Coupon:
    """Have the cart use the coupon; raises UnknownCoupon, or CouponRefused with what is in the way."""
    coupon = find(code)
    lines = cart.lines.to_buy().select_related("variant__product__category")
    goods = [Good(line.variant, line.variant.price * line.quantity) for line in lines]
    found = benefit(coupon=coupon, goods=goods, user=cart.user)
    # What the shopper can still put right by buying more stays in the cart, and the cart says so.
    if found.refusal and not short_of_minimum(coupon, goods):
        raise CouponRefused(found.refusal, coupon.code)
    cart.coupon = coupon
    Cart.objects.filter(pk=cart.pk).update(coupon=coupon, updated=timezone.now())
    if found.refusal:
        raise CouponRefused(found.refusal, coupon.code)
    return coupon


def take_out(*, cart: Cart) -> None:
    cart.coupon = None
    Cart.objects.filter(pk=cart.pk).update(coupon=None)


def benefit(*, coupon: Coupon, goods: Sequence[Good], user: Any = None, email: str = "") -> Benefit:
    """What the coupon is worth for these goods, or why it is not."""
    refusal = not_now(coupon) or too_little(coupon, goods)
    chosen = [] if refusal else eligible(coupon, goods)
    if not refusal and goods and not any(chosen):
        refusal = only_for(coupon)
    refusal = refusal or used_up(coupon, user, email)
    if refusal:
        return Benefit(coupon, [NOTHING] * len(goods), refusal=refusal)
    weights = [good.total if fits else NOTHING for good, fits in zip(goods, chosen, strict=True)]
    off = amount_off(coupon, sum(weights, NOTHING))
    return Benefit(coupon, spread(off, weights), free_shipping=coupon.is_free_shipping)


def amount_off(coupon: Coupon, total: Decimal) -> Decimal:
    """Never more than the goods that it is for."""
    if coupon.kind == CouponKind.PERCENT:
        return round_money(total * coupon.value / 100)
    if coupon.kind == CouponKind.AMOUNT:
        return round_money(min(coupon.value, total))
    return NOTHING


def not_now(coupon: Coupon) -> str:
    now = timezone.now()
    if not coupon.active:
        return _("This coupon is not valid any more.")
    if coupon.starts_at and now < coupon.starts_at:
        day = formats.date_format(timezone.localtime(coupon.starts_at), "DATE_FORMAT")
        return _("This coupon is valid from %(day)s.") % {"day": day}
    if coupon.ends_at and now >= coupon.ends_at:
        day = formats.date_format(timezone.localtime(coupon.ends_at), "DATE_FORMAT")
        return _("This coupon has expired on %(day)s.") % {"day": day}
    return ""


def short_of_minimum(coupon: Coupon, goods: Sequence[Good]) -> Decimal:
    """How much more must be bought."""
    return max((coupon.minimum or NOTHING) - sum((good.total for good in goods), NOTHING), NOTHING)


def too_little(coupon: Coupon, goods: Sequence[Good]) -> str:
    missing = short_of_minimum(coupon, goods)
    if not missing:
        return ""
    return _("This coupon is for goods worth %(minimum)s or more: %(missing)s more to go.") % {
        "minimum": format_money(coupon.minimum or NOTHING),
        "missing": format_money(missing),
    }


def eligible(coupon: Coupon, goods: Sequence[Good]) -> list[bool]:
    """For each of the goods: is it among those that the coupon is for?"""
    targets = list(CouponTarget.objects.filter(coupon=coupon).select_related("category")) if goods else []
    return [
        not (coupon.excludes_sale and good.variant.discount_percent)
        and (not targets or any(hits(target, good.variant) for target in targets))
        for good in goods
    ]


def hits(target: CouponTarget, variant: Variant) -> bool:
    """All that the row names must fit: a brand and a category together mean the brand's things in that category."""
    product = variant.product
    return (
        target.product_id in (None, product.pk)
        and target.brand_id in (None, product.brand_id)
        and (target.category is None or product.category.path.startswith(target.category.path))
    )


def only_for(coupon: Coupon) -> str:
    targets = CouponTarget.objects.filter(coupon=coupon).select_related("product", "category", "brand")
    names = [str(target) for target in targets]
    if not names:
        return _("This coupon is not for reduced goods.")
    shown = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
    if coupon.excludes_sale:
        return _("This coupon is only for: %(what)s, at their full price.") % {"what": shown}
    return _("This coupon is only for: %(what)s.") % {"what": shown}


def used_up(coupon: Coupon, user: Any = None, email: str = "") -> str:
    if coupon.max_uses is not None and coupon.used >= coupon.max_uses:
        return _("This coupon is used up.")
    if coupon.max_uses_each is not None and len(own_uses(coupon, user, email)) >= coupon.max_uses_each:
        return _("You have used this coupon already.")
    return ""


def own_uses(coupon: Coupon, user: Any, email: str) -> list[CouponUse]:
    """The orders of this account or this mailbox that hold the coupon."""
    who = Q(email_key=email_key(email)) if email else Q(pk=None)
    if user is not None and user.is_authenticated:
        who |= Q(user=user) | Q(email_key=email_key(user.email))
    return list(CouponUse.objects.filter(who, coupon=coupon, released_at=None))


def email_key(email: str) -> str:
    """The mailbox behind an address, as far as one can tell."""
    name, _at, domain = email.strip().casefold().rpartition("@")
    name = name.split("+")[0] or name
    if domain in DOTLESS:
        name, domain = name.replace(".", ""), DOTLESS[0]
    return f"{name}@{domain}"[:254]


def spend(*, coupon: Coupon, order: Order, amount: Decimal) -> None:
    """Take one use for the order, in the order's transaction; raises CouponRefused.

    The guarded UPDATE locks the coupon's row until the transaction ends, so that whoever counts a customer's uses
    behind it counts them all; the CHECK and the unique slot stand behind that.
    """
    free = Coupon.objects.filter(Q(max_uses=None) | Q(used__lt=F("max_uses")), pk=coupon.pk)
    if not free.update(used=F("used") + 1):
        raise CouponRefused(_("This coupon is used up."), coupon.code)
    CouponUse.objects.create(
        coupon=coupon,
        order=order,
        user=order.user,
        email_key=email_key(order.email),
        slot=free_slot(coupon, order),
        amount=amount,
    )


def free_slot(coupon: Coupon, order: Order) -> int | None:
    """The first one that this customer has not taken; None where nobody counts. Raises CouponRefused."""
    if coupon.max_uses_each is None:
        return None
    taken = own_uses(coupon, order.user, order.email)
    if len(taken) >= coupon.max_uses_each:
        raise CouponRefused(_("You have used this coupon already."), coupon.code)
    slots = {use.slot for use in taken}
    return next(number for number in range(1, len(slots) + 2) if number not in slots)


def release(*, order: Order) -> None:
    """The order has come to nothing: its coupon can be used again. Safe to call twice."""
    if not order.coupon_code:
        return
    with transaction.atomic():
        held = CouponUse.objects.filter(order=order, released_at=None)
        coupon_id = held.values_list("coupon_id", flat=True).first()
        if coupon_id is not None and held.update(released_at=timezone.now()):
            Coupon.objects.filter(pk=coupon_id, used__gt=0).update(used=F("used") - 1)


def retake(*, order: Order) -> None:
    """The order comes back after it had expired: it needs its coupon again. Raises CouponRefused when it is gone."""
    use = CouponUse.objects.select_related("coupon").filter(order=order).exclude(released_at=None).first()
    if use is not None:
        coupon = use.coupon
        use.delete()
        spend(coupon=coupon, order=order, amount=use.amount)
