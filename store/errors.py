"""What the shop refuses, each with a sentence fit for whoever asked."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class StoreError(Exception):
    """The shop could not do it; the text says why. `extra` goes into the API's problem document."""

    code = "store_error"

    def __init__(self, sentence: str, **extra: Any) -> None:
        super().__init__(sentence)
        self.extra = extra


class SoldOut(StoreError):
    """Fewer are available than were asked for."""

    code = "sold_out"

    def __init__(self, sku: str, available: int, name: str = "") -> None:
        what = name or sku
        if available > 0:
            sentence = ngettext(
                "Only %(count)d of “%(what)s” is left.", "Only %(count)d of “%(what)s” are left.", available
            ) % {"count": available, "what": what}
        else:
            sentence = _("“%(what)s” is sold out.") % {"what": what}
        super().__init__(sentence, sku=sku, available=available)
        self.sku = sku
        self.available = available


class UnknownSku(StoreError):
    """No variant has this SKU."""

    code = "unknown_sku"

    def __init__(self, sku: str) -> None:
        super().__init__(_("There is no product with the SKU “%(sku)s”.") % {"sku": sku}, sku=sku)
        self.sku = sku


class UnknownCombination(StoreError):
    """The product has no variant with the options that were chosen."""

    code = "unknown_combination"

    def __init__(self) -> None:
        super().__init__(_("We do not have this combination. Please choose another one."))


class NoLongerSold(StoreError):
    """The product has left the shop for good."""

    code = "no_longer_sold"

    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” is no longer sold.") % {"name": name})


class StockBelowReserved(StoreError):
    """The new count would be lower than what orders hold."""

    code = "below_reserved"

    def __init__(self, sku: str, reserved: int) -> None:
        sentence = _("Orders hold %(reserved)d of “%(sku)s”: the count on hand cannot be lower.")
        super().__init__(sentence % {"reserved": reserved, "sku": sku}, sku=sku, reserved=reserved)
        self.sku = sku
        self.reserved = reserved


class StockMismatch(StoreError):
    """More was to be given back or taken out than is reserved: the caller's books are wrong."""

    code = "stock_mismatch"


class BadQuantity(StoreError):
    """Not a number of pieces that can be bought."""

    code = "bad_quantity"

    def __init__(self, most: int) -> None:
        super().__init__(_("The quantity must be a whole number from 1 to %(most)d.") % {"most": most})


class EmptyCart(StoreError):
    """There is nothing to order."""

    code = "empty_cart"

    def __init__(self) -> None:
        super().__init__(_("Your cart is empty."))


class UnknownShippingMethod(StoreError):
    """No such way of delivery, or not to this country."""

    code = "unknown_shipping_method"

    def __init__(self, code: str) -> None:
        super().__init__(_("We do not deliver there in this way; please choose another one."), shipping_method=code)


class UnknownGateway(StoreError):
    """No such way of payment here."""

    code = "unknown_payment"

    def __init__(self, code: str) -> None:
        super().__init__(_("This way of payment is not offered; please choose another one."), payment=code)


class WrongStatus(StoreError):
    """The order is not where it would have to be for this."""

    code = "wrong_status"


class TooMuch(StoreError):
    """More was to be given back than is left."""

    code = "too_much"

    def __init__(self, left: str) -> None:
        super().__init__(_("At most %(left)s can still be given back.") % {"left": left}, left=left)


class AccountBlocked(StoreError):
    """Whoever is blocked does not buy here."""

    code = "account_blocked"

    def __init__(self) -> None:
        super().__init__(_("This account is blocked and cannot order."))


class UnknownCard(StoreError):
    """Not one of the test gateway's three."""

    code = "unknown_card"

    def __init__(self) -> None:
        super().__init__(_("The test gateway does not know this card."))


class PaymentUnavailable(StoreError):
    """The gateway does not answer; the order stays and can be paid later."""

    code = "payment_unavailable"

    def __init__(self, detail: str = "") -> None:
        super().__init__(
            _("The payment service does not answer at the moment. Your order is kept: pay a little later.")
        )
        self.detail = detail


class PaymentRefused(StoreError):
    """The gateway will not do it, however often it is asked."""

    code = "payment_refused"


class UnknownCoupon(StoreError):
    """No coupon has this code."""

    code = "unknown_coupon"

    def __init__(self) -> None:
        super().__init__(_("There is no such coupon. Please check the spelling."))


class CouponRefused(StoreError):
    """There is such a coupon, but not for this cart, this customer or this day; the sentence says why."""

    code = "coupon_refused"

    def __init__(self, sentence: str, coupon: str) -> None:
        super().__init__(sentence, coupon=coupon)


class TooOften(StoreError):
    """More tries than anybody needs; after `retry_after` seconds there will be an answer again."""

    code = "too_often"

    def __init__(self, retry_after: int) -> None:
        super().__init__(_("There were too many tries from your address. Please wait a little and try again."))
        self.headers = {"Retry-After": str(retry_after)}
