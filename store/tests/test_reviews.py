"""Reviews: by buyers only, once each, shown after approval, averaged without counting."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.tests.factories import UserFactory
from notifications.models import OutgoingMail
from store import listing, ratings, review_invitations, reviews
from store.models import (
    Order,
    OrderEvent,
    OrderStatus,
    Product,
    ProductListing,
    ProductRating,
    Review,
    ReviewStatus,
    Variant,
)
from store.tests.factories import ProductFactory
from store.tests.shopping import buy, variant

pytestmark = pytest.mark.django_db
TEXT = "Warm, light and well made; I wear it every day."


def bought(item: Variant, *, user: Any = None, status: str = OrderStatus.DELIVERED) -> Order:
    order = buy((item, 1), user=user)
    Order.objects.filter(pk=order.pk).update(status=status, paid_at=timezone.now())
    order.refresh_from_db()
    return order


def test_a_product_that_cannot_be_is_absent(client: Client) -> None:
    assert client.get("/api/v1/reviews?product=%00").status_code == 404


def published(item: Variant, *, stars: int = 5, email: str = "", text: str = TEXT) -> Review:
    review = Review.objects.create(
        product=item.product,
        email=email or f"{Review.objects.count()}@example.com",
        author="Ann L.",
        stars=stars,
        text=text,
    )
    reviews.approve(review=review)
    return review


def by(order: Order, stars: int = 5, **more: Any) -> Review:
    product = Product.objects.get(variants=order.lines.get().variant)
    return reviews.write(product=product, order=order, stars=stars, text=TEXT, **more)


def rating(item: Variant) -> tuple[int, float]:
    row = ProductRating.objects.filter(pk=item.product_id).first() or ProductRating()
    listed = ProductListing.objects.get(pk=item.product_id)
    assert (listed.rating_count, listed.rating) == (row.count, round(row.average, 2))
    return row.count, row.average


def photo(name: str = "me.jpg") -> SimpleUploadedFile:
    """A photo with a place in it, lying on its side."""
    picture = Image.new("RGB", (80, 40), "navy")
    exif = picture.getexif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (56.0, 57.0, 0.0)
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def moderator(client: Client) -> Client:
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Shop managers"))
    client.force_login(user)
    return client


def test_only_who_bought_it_reviews_it() -> None:
    item = variant()
    stranger = bought(variant("B"))
    for order in (None, stranger, bought(item, status=OrderStatus.PLACED), bought(item, status=OrderStatus.REFUNDED)):
        with pytest.raises(reviews.NotABuyer):
            reviews.write(product=item.product, order=order, stars=5, text=TEXT)
    assert by(bought(item)).status == ReviewStatus.WAITING


def test_another_accounts_purchase_is_not_mine() -> None:
    item, buyer, other = variant(), UserFactory(), UserFactory()
    bought(item, user=buyer)
    with pytest.raises(reviews.NotABuyer):
        reviews.write(product=item.product, order=None, user=other, stars=5, text=TEXT)
    assert reviews.write(product=item.product, order=None, user=buyer, stars=5, text=TEXT).user == buyer


def test_a_buyer_has_one_review_of_a_product_and_changes_it() -> None:
    item = variant()
    first = by(bought(item), stars=2)
    again = by(bought(item), stars=4)
    assert again.pk == first.pk and again.stars == 4
    assert Review.objects.count() == 1


def test_stars_count_once_published_and_no_longer_when_refused_changed_or_withdrawn() -> None:
    item = variant()
    order = bought(item)
    review = by(order, stars=4)
    assert rating(item) == (0, 0)
    reviews.approve(review=review)
    reviews.approve(review=review)
    assert rating(item) == (1, 4)
    review = by(order, stars=2)
    assert rating(item) == (0, 0)
    reviews.approve(review=review)
    assert rating(item) == (1, 2)
    reviews.refuse(review=review, reason="Rude")
    assert rating(item) == (0, 0)
    reviews.approve(review=review)
    reviews.withdraw(review=review)
    assert rating(item) == (0, 0)


def test_the_kept_average_is_that_of_the_reviews_and_survives_a_refresh_of_the_listing() -> None:
    item = variant()
    for stars in (5, 4, 4, 1):
        published(item, stars=stars)
    assert rating(item) == (4, 3.5)
    listing.refresh(product_ids=[item.product_id])
    assert rating(item) == (4, 3.5)
    ProductRating.objects.update(stars_1=77)
    ratings.recount()
    assert rating(item) == (4, 3.5)


def test_a_refusal_needs_a_reason() -> None:
    review = by(bought(variant()))
    with pytest.raises(reviews.BadReview):
        reviews.refuse(review=review, reason="  ")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"stars": 0}, "stars"),
        ({"stars": 6}, "stars"),
        ({"text": "ok"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"text": "long enough\x00"}, "text"),
        ({"title": "t" * 121}, "title"),
        ({"author": "a" * 81}, "author"),
    ],
)
def test_what_cannot_be_stored_or_shown_is_refused(changes: dict[str, Any], field: str) -> None:
    item = variant()
    values = {"stars": 5, "text": TEXT} | changes
    with pytest.raises(reviews.BadReview) as refused:
        reviews.write(product=item.product, order=bought(item), **values)
    assert refused.value.extra["field"] == field


def test_a_visitor_votes_once() -> None:
    review = published(variant())
    assert reviews.vote(review=review, voter="user:1", kind="helpful") is True
    assert reviews.vote(review=review, voter="user:1", kind="helpful") is False
    assert reviews.vote(review=review, voter="user:2", kind="helpful") is True
    assert review.helpful == 2


def test_pictures_lose_the_place_they_were_taken_at_and_stand_upright() -> None:
    review = by(bought(variant()), pictures=[photo()])
    picture = review.pictures.get()
    with Image.open(picture.image.open()) as kept:
        assert kept.format == "WEBP" and kept.size == (40, 80)
        assert not kept.getexif() and "exif" not in kept.info
    assert (picture.width, picture.height) == (40, 80)


def test_there_are_at_most_four_pictures() -> None:
    order = bought(variant())
    by(order, pictures=[photo(), photo(), photo()])
    with pytest.raises(reviews.BadReview):
        by(order, pictures=[photo(), photo()])
    assert Review.objects.get().pictures.count() == 3


def test_the_product_page_shows_the_stars_and_says_them_to_search_engines(client: Client) -> None:
    item = variant()
    published(item, stars=4)
    page = client.get(item.product.get_absolute_url()).content.decode()
    assert "4 of 5 stars" in page
    assert '"aggregateRating"' in page and '"ratingValue": 4.0' in page
    assert f"{item.product.get_absolute_url()}reviews/?part=1" in page


def test_the_section_lists_published_reviews_only(client: Client) -> None:
    item = variant()
    shown = published(item, text="This is what everybody may read.")
    reviews.answer(review=shown, text="Thank you, Ann.")
    Review.objects.create(
        product=item.product, email="w@example.com", author="W", stars=1, text="Not read by anybody yet"
    )
    page = client.get(f"{item.product.get_absolute_url()}reviews/?part=1").content.decode()
    assert "everybody may read" in page and "Thank you, Ann." in page
    assert "Not read by anybody" not in page


def test_reviews_are_paged_sorted_and_narrowed(client: Client) -> None:
    item = variant()
    for number in range(8):
        published(item, stars=1 + number % 5, text=f"Opinion number {number} of mine.")
    url = f"{item.product.get_absolute_url()}reviews/"
    first = client.get(url, {"part": 1})
    assert first.context["next_cursor"]
    more = client.get(url, {"more": 1, "cursor": first.context["next_cursor"]})
    texts = [row["review"].text for page in (first, more) for row in page.context["reviews"]]
    assert texts == [f"Opinion number {number} of mine." for number in range(7, -1, -1)]
    best = [row["review"].stars for row in client.get(url, {"sort": "best"}).context["reviews"]]
    assert best == sorted(best, reverse=True)
    assert {row["review"].stars for row in client.get(url, {"stars": 2}).context["reviews"]} == {2}
    assert client.get(url, {"cursor": "nonsense"}).status_code == 302


def test_a_text_in_another_language_says_so(client: Client) -> None:
    item = variant()
    review = published(item)
    Review.objects.filter(pk=review.pk).update(language="ru")
    assert "in Russian" in client.get(f"{item.product.get_absolute_url()}reviews/").content.decode()


def test_a_guest_writes_by_the_orders_link(client: Client) -> None:
    item = variant()
    order = bought(item)
    url = f"{item.product.get_absolute_url()}review/"
    assert client.get(url).status_code == 403
    assert client.get(url, {"order": order.number}).status_code == 404
    client.get(f"/orders/{order.number}/?token={order.token}")
    assert client.get(url, {"order": order.number}).status_code == 200
    data = {"order": order.number, "stars": "5", "text": TEXT, "pictures": [photo()]}
    answer = client.post(url, data)
    assert answer.status_code == 302
    review = Review.objects.get()
    assert (review.author, review.status, review.pictures.count()) == ("Ann L.", ReviewStatus.WAITING, 1)
    assert item.product.name in client.get(f"/orders/{order.number}/reviews/").content.decode()


def test_a_bad_form_keeps_what_was_typed(client: Client) -> None:
    item, user = variant(), UserFactory()
    bought(item, user=user)
    client.force_login(user)
    answer = client.post(f"{item.product.get_absolute_url()}review/", {"text": "short"})
    assert answer.status_code == 422
    assert "one to five stars" in answer.content.decode() and ">short<" in answer.content.decode().replace("\n", "")


def test_a_member_deletes_the_review(client: Client) -> None:
    item, user = variant(), UserFactory()
    bought(item, user=user)
    client.force_login(user)
    reviews.write(product=item.product, order=None, user=user, stars=5, text=TEXT)
    client.post(f"{item.product.get_absolute_url()}review/withdraw/")
    assert not Review.objects.exists()


def test_helpful_and_report_count_a_browser_once(client: Client) -> None:
    review = published(variant())
    for _time in range(2):
        client.post(f"/reviews/{review.pk}/helpful/")
        client.post(f"/reviews/{review.pk}/report/", {"note": "Advertising"})
    review.refresh_from_db()
    assert (review.helpful, review.reports) == (1, 1)


def test_best_rated_sorts_a_hundred_good_ones_before_a_single_perfect_one(client: Client) -> None:
    single, many, none = (ProductFactory(sku=f"R{n}").variants.get() for n in range(3))
    published(single, stars=5)
    for number in range(30):
        published(many, stars=5 if number else 4)
    names = [card.pk for card in client.get("/store/?sort=rating").context["products"]]
    assert names == [many.product_id, single.product_id, none.product_id]


def test_the_list_is_narrowed_by_stars(client: Client) -> None:
    good, bad = (ProductFactory(sku=f"R{n}").variants.get() for n in range(2))
    published(good, stars=4)
    published(bad, stars=2)
    page = client.get("/store/?rating=4")
    assert [card.pk for card in page.context["products"]] == [good.product_id]
    assert [(choice.value, choice.count) for choice in page.context["facets"].ratings] == [("4", 1), ("3", 1)]
    html = page.content.decode()
    assert "4 stars and up" in html
    # One or the other, and back to all of them.
    assert re.search(r'<input[^>]+type="radio"[^>]+name="rating" value="4" checked', html)
    assert 'href="/store/">Any rating</a>' in html
    assert "Any rating" not in client.get("/store/").content.decode()


def test_a_manager_publishes_many_at_once_and_refuses_with_a_reason(client: Client) -> None:
    items = [ProductFactory(sku=f"R{n}").variants.get() for n in range(3)]
    written = [by(bought(item)) for item in items]
    moderator(client)
    ticked = {"select": [review.pk for review in written[:2]]}
    assert "2 reviews" in client.post("/admin/store/reviews/bulk/approve/", ticked).content.decode()
    assert Review.objects.filter(status=ReviewStatus.APPROVED).count() == 0
    client.post("/admin/store/reviews/bulk/approve/", ticked | {"confirmed": "1"})
    assert rating(items[0]) == (1, 5)
    refuse = {"select": [written[2].pk], "confirmed": "1"}
    assert client.post("/admin/store/reviews/bulk/refuse/", refuse).status_code == 200
    client.post("/admin/store/reviews/bulk/refuse/", refuse | {"reason": "It is about the courier."})
    written[2].refresh_from_db()
    assert (written[2].status, written[2].reason) == (ReviewStatus.REFUSED, "It is about the courier.")


def test_the_admins_first_page_says_what_waits(client: Client) -> None:
    review = by(bought(variant()), title="Lovely coat")
    moderator(client)
    assert "Lovely coat" in client.get("/admin/").content.decode()
    page = client.get("/admin/store/reviews/").content.decode()
    assert "Lovely coat" in page
    assert client.get(f"/admin/store/reviews/inspect/{review.pk}/").status_code == 200
    client.post(f"/admin/store/reviews/{review.pk}/answer/", {"answer": "Thank you!"})
    client.post(f"/admin/store/reviews/{review.pk}/approve/")
    review.refresh_from_db()
    assert (review.answer, review.status) == ("Thank you!", ReviewStatus.APPROVED)
    assert "Lovely coat" not in client.get("/admin/").content.decode()


def test_content_managers_do_not_decide(client: Client) -> None:
    review = by(bought(variant()))
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Content managers"))
    client.force_login(user)
    client.post(f"/admin/store/reviews/{review.pk}/approve/")
    client.post("/admin/store/reviews/bulk/approve/", {"select": review.pk, "confirmed": "1"})
    review.refresh_from_db()
    assert review.status == ReviewStatus.WAITING


def test_buyers_are_invited_once_some_days_after_the_delivery(client: Client) -> None:
    order = bought(variant())
    event = OrderEvent.objects.create(order=order, to_status=OrderStatus.DELIVERED)
    assert review_invitations.send_due() == 0
    OrderEvent.objects.filter(pk=event.pk).update(at=timezone.now() - timedelta(days=8))
    assert review_invitations.send_due() == 1
    assert review_invitations.send_due() == 0
    mail = OutgoingMail.objects.get(kind="review_invitation")
    assert order.number in mail.text and "List-Unsubscribe" in mail.headers


def test_who_does_not_want_to_be_asked_is_not(client: Client) -> None:
    order = bought(variant())
    at = timezone.now() - timedelta(days=8)
    OrderEvent.objects.create(order=order, to_status=OrderStatus.DELIVERED, at=at)
    path = review_invitations.stop_url(order.email).partition("//")[2].partition("/")[2]
    assert client.get(f"/{path}").status_code == 200
    assert review_invitations.address_of("forged") == "" and client.post("/reviews/stop/forged/").status_code == 404
    client.post(f"/{path}", {"List-Unsubscribe": "One-Click"})
    assert review_invitations.send_due() == 0


def test_the_api_reads_writes_and_decides(client: Client) -> None:
    item, user = variant(), UserFactory()
    bought(item, user=user)
    client.force_login(user)
    client.get("/fragments/header")
    body = {"product": item.product.slug, "stars": 5, "text": TEXT, "title": "Good"}
    assert post(client, "/reviews", body | {"stars": 9}).status_code == 422
    answer = post(client, "/reviews", body)
    assert answer.status_code == 201 and answer.json()["status"] == "waiting"
    pk = answer.json()["id"]
    assert client.get(f"/api/v1/reviews?product={item.product.slug}").json()["items"] == []
    assert post(client, f"/reviews/{pk}/approve", {}).status_code == 403
    assert client.get("/api/v1/reviews?status=waiting").status_code == 403
    manager = moderator(Client())
    manager.get("/fragments/header")
    assert [row["id"] for row in manager.get("/api/v1/reviews?status=waiting").json()["items"]] == [pk]
    assert post(manager, f"/reviews/{pk}/approve", {}).json()["status"] == "approved"
    found = client.get(f"/api/v1/reviews?product={item.product.slug}").json()
    assert (found["count"], found["average"], found["items"][0]["verified"]) == (1, 5.0, True)
    assert client.get("/api/v1/reviews/mine").json()[0]["id"] == pk
    assert manager.delete(f"/api/v1/reviews/{pk}").status_code == 404
    assert client.delete(f"/api/v1/reviews/{pk}").status_code == 204


def test_the_api_refuses_who_did_not_buy(client: Client) -> None:
    item = variant()
    client.force_login(UserFactory())
    client.get("/fragments/header")
    answer = post(client, "/reviews", {"product": item.product.slug, "stars": 5, "text": TEXT})
    assert (answer.status_code, answer.json()["type"]) == (403, "not_a_buyer")


def post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(f"/api/v1{path}", body, content_type="application/json")
