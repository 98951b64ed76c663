"""The shop's part of the API: one module per noun, assembled here."""

from ninja import Router

from api.problems import register_problem
from jobs.errors import JobError
from store import errors
from store.api import (
    addresses,
    after_sale,
    back_office,
    cart,
    categories,
    checkout,
    countries,
    coupons,
    imports,
    invoices,
    order_life,
    orders,
    products,
    staff_products,
    stock,
)
from store.imports import single
from store.imports.columns import BadMapping

router = Router()
for module in (
    after_sale,
    staff_products,
    products,
    imports,
    categories,
    stock,
    cart,
    checkout,
    orders,
    order_life,
    invoices,
    back_office,
    addresses,
    coupons,
):
    router.add_router("", module.router)

register_problem(errors.StoreError, 409, "store_error")
register_problem(errors.UnknownSku, 404, "unknown_sku")
register_problem(errors.UnknownCombination, 404, "unknown_combination")
register_problem(errors.NoLongerSold, 410, "no_longer_sold")
register_problem(errors.BadQuantity, 422, "bad_quantity")
register_problem(errors.UnknownShippingMethod, 422, "unknown_shipping_method")
register_problem(errors.UnknownGateway, 422, "unknown_payment")
register_problem(countries.UnknownCountry, 422, "unknown_country")
register_problem(errors.UnknownCoupon, 422, "unknown_coupon")
register_problem(errors.CouponRefused, 422, "coupon_refused")
register_problem(errors.TooOften, 429, "too_often")
register_problem(errors.TooMuch, 422, "too_much")
register_problem(errors.UnknownCard, 422, "unknown_card")
register_problem(errors.AccountBlocked, 403, "account_blocked")
register_problem(single.RefusedProduct, 422, "refused_product")
register_problem(single.KnownSku, 409, "known_sku")
register_problem(BadMapping, 422, "bad_mapping")
register_problem(JobError, 409, "job_error")
register_problem(errors.PaymentUnavailable, 503, "payment_unavailable")
