"""The shop's addresses."""

from django.urls import path, re_path

from store.addresses import after_sale
from store.views import (
    addresses,
    alerts,
    cart,
    cart_links,
    catalogue,
    checkout,
    coupons,
    invoices,
    orders,
    payments,
    product,
    searching,
    size_guides,
    viewed,
)

app_name = "store"

# Slugs are in any script: `slug:` would only take ASCII.
SLUG = r"(?P<slug>[-\w]+)"

urlpatterns = [
    *after_sale.urlpatterns,
    path("store/", catalogue.product_list, name="product_list"),
    path("store/search/", searching.search, name="search"),
    path("store/search/typed/", searching.typed, name="search_typed"),
    re_path(rf"^store/c/{SLUG}/$", catalogue.category, name="category"),
    re_path(rf"^store/c/{SLUG}/sizes/$", size_guides.size_guide, name="size_guide"),
    re_path(rf"^store/p/{SLUG}/viewed/$", viewed.viewed, name="viewed"),
    re_path(rf"^store/p/{SLUG}/$", product.product_detail, name="product_detail"),
    path("cart/", cart.cart, name="cart"),
    path("cart/back/<str:token>/", cart_links.cart_restore, name="cart_restore"),
    path("cart/add/", cart.cart_add, name="cart_add"),
    path("cart/update/", cart.cart_update, name="cart_update"),
    path("cart/delivery/", cart.cart_delivery, name="cart_delivery"),
    path("cart/keep/", cart.cart_keep, name="cart_keep"),
    path("cart/prices/", cart.cart_prices, name="cart_prices"),
    path("cart/coupon/", coupons.cart_coupon, name="cart_coupon"),
    path("account/addresses/", addresses.address_list, name="address_list"),
    path("account/addresses/new/", addresses.address_edit, name="address_add"),
    path("account/addresses/<int:pk>/", addresses.address_edit, name="address_edit"),
    path("account/addresses/<int:pk>/remove/", addresses.address_remove, name="address_remove"),
    path("terms/", checkout.terms_of_sale, name="terms"),
    path("terms/<str:version>/", checkout.terms_of_sale, name="terms_version"),
    path("checkout/draft/", checkout.checkout_draft, name="checkout_draft"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("account/order-alerts/", alerts.order_alerts, name="order_alerts"),
    path("orders/", orders.order_list, name="order_list"),
    path("orders/track/", orders.order_track, name="order_track"),
    path("orders/<str:number>/", orders.order_detail, name="order_detail"),
    path("orders/<str:number>/pay/", orders.order_pay, name="order_pay"),
    path("orders/<str:number>/cancel/", orders.order_cancel, name="order_cancel"),
    path("orders/<str:number>/return/", orders.order_return, name="order_return"),
    path("orders/<str:number>/again/", orders.order_again, name="order_again"),
    path("orders/<str:number>/invoice/", invoices.order_invoice, name="order_invoice"),
    path("orders/<str:number>/invoice/<str:document>/", invoices.order_invoice, name="order_invoice"),
    path("payments/return/<str:number>/", payments.payment_return, name="payment_return"),
    path("payments/test/<str:reference>/", payments.payment_test, name="payment_test"),
    path("payments/stripe/webhook/", payments.stripe_webhook, name="stripe_webhook"),
]
