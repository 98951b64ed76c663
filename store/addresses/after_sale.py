"""Recommendations, reviews, wishlist. They stand before the addresses that take any order number."""

from django.urls import path, re_path

from store.views import recommendations

# Slugs are in any script: `slug:` would only take ASCII.
SLUG = r"(?P<slug>[-\w]+)"

urlpatterns = [
    re_path(rf"^store/p/{SLUG}/together/$", recommendations.bought_together, name="bought_together"),
    path("cart/goes-with/", recommendations.goes_with_cart, name="goes_with_cart"),
    path("orders/next/", recommendations.bought_next_by_account, name="bought_next_by_account"),
    path("orders/<str:number>/next/", recommendations.bought_next, name="bought_next"),
]
