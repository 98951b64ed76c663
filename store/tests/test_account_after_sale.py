"""The account's pages of what somebody wrote and could write, and of what they wait for; the same by the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from store import listing, reviews, stock_alerts
from store.models import OrderStatus, Review, StockAlert, Variant
from store.tests.shopping import variant
from store.tests.test_reviews import TEXT, bought

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer(client: Client) -> User:
    user = UserFactory()
    client.force_login(user)
    return user


def wrote(item: Variant, user: User) -> Review:
    bought(item, user=user)
    return reviews.write(product=item.product, order=None, user=user, stars=4, text=TEXT)


def unlist(item: Variant) -> None:
    Variant.objects.filter(pk=item.pk).update(active=False)
    listing.refresh(product_ids=[item.product_id])


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_menu_leads_to_both_pages_and_strangers_log_in(client: Client, buyer: User) -> None:
    text = client.get("/account/reviews/").content.decode()
    assert 'href="/account/reviews/"' in text and 'href="/account/notices/"' in text
    for path in ("/account/reviews/", "/account/notices/"):
        assert Client().get(path)["Location"].endswith(f"?next={path}")


def test_each_review_says_its_state_and_the_reason_of_a_refusal(client: Client, buyer: User) -> None:
    shown, refused, waiting = (wrote(variant(sku), buyer) for sku in "ABC")
    reviews.approve(review=shown)
    reviews.refuse(review=refused, reason="Names a person")
    rows = client.get("/account/reviews/").context["rows"]
    assert [row.pk for row, _card in rows] == [waiting.pk, refused.pk, shown.pk]
    text = client.get("/account/reviews/").content.decode()
    for expected in ("Waiting", "Published", "We did not publish it: Names a person"):
        assert expected in text


def test_what_was_bought_and_not_reviewed_is_offered_once(client: Client, buyer: User) -> None:
    first, second, other = variant("A"), variant("B"), variant("C")
    for item in (first, first, second):
        bought(item, user=buyer)
    bought(variant("D"), user=buyer, status=OrderStatus.REFUNDED)
    bought(other, user=UserFactory())
    response = client.get("/account/reviews/")
    assert [card.pk for card in response.context["unwritten"]] == [second.product_id, first.product_id]
    assert f"/store/p/{first.product.slug}/review/" in response.content.decode()
    listed = client.get("/api/v1/reviews/unwritten").json()
    assert [item["slug"] for item in listed] == [second.product.slug, first.product.slug]
    wrote(second, buyer)
    assert [card.pk for card in client.get("/account/reviews/").context["unwritten"]] == [first.product_id]


def test_only_what_the_products_page_would_take_can_be_changed(client: Client, buyer: User) -> None:
    gone, back, kept = wrote(variant("A"), buyer), wrote(variant("B"), buyer), wrote(variant("C"), buyer)
    unlist(gone.product.variants.get())
    buyer.orders.filter(lines__variant__product=back.product).update(status=OrderStatus.REFUNDED)
    changeable = {row.pk: row.is_changeable for row, _card in client.get("/account/reviews/").context["rows"]}
    assert changeable == {gone.pk: False, back.pk: False, kept.pk: True}
    assert client.post(f"/account/reviews/{gone.pk}/delete/").status_code == 302
    assert not Review.objects.filter(pk=gone.pk).exists()


def test_another_persons_review_is_neither_shown_nor_deleted(client: Client, buyer: User) -> None:
    theirs = wrote(variant(), UserFactory())
    assert client.get("/account/reviews/").context["rows"] == []
    for pk in (theirs.pk, 0, 9**30):
        assert client.post(f"/account/reviews/{pk}/delete/").status_code == 404
    assert client.get(f"/account/reviews/{theirs.pk}/delete/").status_code == 405
    assert Client().post(f"/account/reviews/{theirs.pk}/delete/").status_code == 302
    assert Review.objects.filter(pk=theirs.pk).exists()


def test_many_reviews_cost_as_many_queries_as_one(client: Client, buyer: User) -> None:
    wrote(variant("A"), buyer)
    bought(variant("a"), user=buyer)
    one = queries(client, "/account/reviews/")
    for sku in "BCDE":
        wrote(variant(sku), buyer)
        bought(variant(sku.lower()), user=buyer)
    assert queries(client, "/account/reviews/") == one <= 12


def test_what_i_wait_for_is_listed_and_taken_away(client: Client, buyer: User) -> None:
    mine = stock_alerts.ask(variant=variant("A", stock=0), user=buyer)
    lately = stock_alerts.ask(variant=variant("B", stock=0), user=buyer)
    long_ago = stock_alerts.ask(variant=variant("C", stock=0), user=buyer)
    StockAlert.objects.filter(pk=lately.pk).update(told_at=timezone.now())
    StockAlert.objects.filter(pk=long_ago.pk).update(told_at=timezone.now() - timedelta(days=40))
    rows = client.get("/account/notices/").context["rows"]
    assert [alert.pk for alert, _card in rows] == [mine.pk, lately.pk]
    assert [row["id"] for row in client.get("/api/v1/stock-alerts").json()] == [mine.pk, lately.pk]
    assert client.post(f"/account/notices/{lately.pk}/remove/").status_code == 404
    client.post(f"/account/notices/{mine.pk}/remove/")
    assert not StockAlert.objects.filter(pk=mine.pk).exists()


def test_what_i_asked_for_before_the_log_in_is_mine_once_confirmed(client: Client, buyer: User) -> None:
    item = variant(stock=0)
    alert = stock_alerts.ask(variant=item, email=buyer.email)
    assert client.get("/account/notices/").context["rows"] == []
    stock_alerts.confirm(alert=alert)
    assert len(client.get("/account/notices/").context["rows"]) == 1
    assert stock_alerts.ask(variant=item, user=buyer).user_id == buyer.pk


def test_another_persons_wait_is_neither_shown_nor_ended(client: Client, buyer: User) -> None:
    theirs = stock_alerts.ask(variant=variant(stock=0), user=UserFactory())
    assert client.get("/account/notices/").context["rows"] == []
    assert client.get("/api/v1/stock-alerts").json() == []
    for pk in (theirs.pk, 0, 9**30):
        assert client.post(f"/account/notices/{pk}/remove/").status_code == 404
        assert client.delete(f"/api/v1/stock-alerts/{pk}").status_code in (404, 422)
    assert Client().get("/api/v1/stock-alerts").status_code == 401
    assert Client().delete(f"/api/v1/stock-alerts/{theirs.pk}").status_code == 401
    assert StockAlert.objects.filter(pk=theirs.pk).exists()


def test_many_notices_cost_as_many_queries_as_one(client: Client, buyer: User) -> None:
    stock_alerts.ask(variant=variant("A", stock=0), user=buyer)
    one = queries(client, "/account/notices/")
    for sku in "BCDE":
        stock_alerts.ask(variant=variant(sku, stock=0), user=buyer)
    assert queries(client, "/account/notices/") == one <= 10
