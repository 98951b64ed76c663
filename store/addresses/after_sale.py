"""Recommendations, reviews, wishlist. They stand before the addresses that take any order number."""

from django.urls import path, re_path

from store.views import account_after_sale, recommendations, reviews, stock_alerts, wishes

# Slugs are in any script: `slug:` would only take ASCII.
SLUG = r"(?P<slug>[-\w]+)"

urlpatterns = [
    path("account/reviews/", account_after_sale.my_reviews, name="my_reviews"),
    path("account/reviews/<int:pk>/delete/", account_after_sale.my_review_delete, name="my_review_delete"),
    path("account/notices/", account_after_sale.my_stock_alerts, name="my_stock_alerts"),
    path("account/notices/<int:pk>/remove/", account_after_sale.my_stock_alert_remove, name="my_stock_alert_remove"),
    re_path(rf"^store/p/{SLUG}/together/$", recommendations.bought_together, name="bought_together"),
    re_path(rf"^store/p/{SLUG}/reviews/$", reviews.review_list, name="review_list"),
    re_path(rf"^store/p/{SLUG}/review/$", reviews.review_write, name="review_write"),
    re_path(rf"^store/p/{SLUG}/review/withdraw/$", reviews.review_withdraw, name="review_withdraw"),
    path("reviews/<int:pk>/helpful/", reviews.review_helpful, name="review_helpful"),
    path("reviews/<int:pk>/report/", reviews.review_report, name="review_report"),
    path("reviews/stop/<str:token>/", reviews.review_stop, name="review_stop"),
    path("orders/<str:number>/reviews/", reviews.order_reviews, name="order_reviews"),
    path("wishlist/", wishes.wishlist, name="wishlist"),
    path("wishlist/toggle/", wishes.wish_toggle, name="wish_toggle"),
    path("wishlist/to-cart/", wishes.wish_to_cart, name="wish_to_cart"),
    path("wishlist/share/", wishes.wishlist_share, name="wishlist_share"),
    path("wishlist/shared/<str:share_key>/", wishes.wishlist_shared, name="wishlist_shared"),
    path("stock-alerts/", stock_alerts.stock_alert_ask, name="stock_alert_ask"),
    path("stock-alerts/confirm/<str:token>/", stock_alerts.stock_alert_confirm, name="stock_alert_confirm"),
    path("stock-alerts/stop/<str:token>/", stock_alerts.stock_alert_stop, name="stock_alert_stop"),
    path("cart/goes-with/", recommendations.goes_with_cart, name="goes_with_cart"),
    path("orders/next/", recommendations.bought_next_by_account, name="bought_next_by_account"),
    path("orders/<str:number>/next/", recommendations.bought_next, name="bought_next"),
]
