"""Questions about recipients, answered on both databases alike."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from campaigns import segment_verbs, segments
from campaigns.errors import CampaignError
from campaigns.models import Recipient, RecipientField, Segment, Tag
from campaigns.tests.factories import DeliveryFactory, MailingFactory, OwnerFactory, RecipientFactory, RunFactory
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner, shop_owner
from store.models import Order
from store.tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db
YOUNG = {"field": "own:age", "test": "at-most", "value": 29}
NOW = timezone.now


def found(owner: User, *rules: tuple[Any, ...], match: str = "all") -> set[str]:
    """First letters of the addresses of those who match."""
    asked = [dict(zip(("field", "test", "value"), rule, strict=False)) for rule in rules]
    stored = segments.checked(owner=owner, rules={"match": match, "rules": asked})
    return {recipient.email[0] for recipient in segments.matching(owner=owner, rules=stored)}


@pytest.fixture
def list_owner() -> User:
    owner = OwnerFactory(time_zone="Europe/Moscow")
    RecipientFactory(email="zed@other.example")
    for key, kind in (("city", "text"), ("age", "number"), ("born", "date"), ("vip", "yes-no"), ("gt", "number")):
        RecipientField.objects.create(owner=owner, key=key, label=key, kind=kind)
    regular = Tag.objects.create(owner=owner, name="regular")
    ann = {"city": "Москва", "age": 30, "born": "1996-02-29", "vip": True, "gt": 1}
    one = RecipientFactory(owner=owner, email="ann@example.com", full_name="Ann Lee", attributes=ann)
    one.tags.add(regular)
    bo = {"city": "Riga", "age": 9.5, "born": "2017-01-01", "vip": False}
    RecipientFactory(owner=owner, email="bo@example.org", full_name="", attributes=bo, state="unsubscribed")
    RecipientFactory(owner=owner, email="cy@example.org", full_name="Cy", language="ru", time_zone="Asia/Tokyo")
    return owner


@pytest.mark.parametrize(
    ("rule", "letters"),
    [
        (("email", "contains", "EXAMPLE.ORG"), "bc"),
        (("email", "lacks", "example.org"), "a"),
        (("email", "is", " ANN@example.com"), "a"),
        (("email", "is-not", "ann@example.com"), "bc"),
        (("email", "ends", "@example.com"), "a"),
        (("name", "starts", "ann"), "a"),
        (("name", "empty"), "b"),
        (("name", "filled"), "ac"),
        (("name", "lacks", "ann"), "bc"),
        (("state", "is", "unsubscribed"), "b"),
        (("state", "is-not", "unsubscribed"), "ac"),
        (("time-zone", "is", "Asia/Tokyo"), "c"),
        (("language", "empty"), "ab"),
        (("consent", "is", "opt-in"), "abc"),
        (("consent-source", "empty"), "abc"),
        (("own:city", "is", "москва"), "a"),
        (("own:city", "is-not", "МОСКВА"), "bc"),
        (("own:city", "contains", "IG"), "b"),
        (("own:city", "lacks", "ig"), "ac"),
        (("own:city", "empty"), "c"),
        (("own:age", "at-least", "9.5"), "ab"),
        (("own:age", "at-least", 10), "a"),
        (("own:age", "at-most", 10), "b"),
        (("own:age", "equals", 30), "a"),
        (("own:age", "filled"), "ab"),
        (("own:born", "before", "2000-01-01"), "a"),
        (("own:born", "after", "1996-02-29"), "b"),
        (("own:born", "on", "1996-02-29"), "a"),
        (("own:born", "within", 36500), "ab"),
        (("own:vip", "yes"), "a"),
        (("own:vip", "no"), "b"),
        (("own:gt", "at-least", 1), "a"),
    ],
)
def test_each_question_about_a_person_finds_whom_it_should(
    list_owner: User, rule: tuple[Any, ...], letters: str
) -> None:
    assert found(list_owner, rule) == set(letters)


def test_tags_and_the_two_ways_to_join_rules(list_owner: User) -> None:
    tag = Tag.objects.get(owner=list_owner)
    assert found(list_owner, ("tag", "has", tag.pk)) == {"a"}
    assert found(list_owner, ("tag", "has-not", tag.pk)) == {"b", "c"}
    rules = [("tag", "has", tag.pk), ("language", "is", "ru")]
    assert found(list_owner, *rules, match="any") == {"a", "c"}
    assert found(list_owner, *rules) == set()
    assert segments.matching(owner=list_owner, rules={}).count() == 3


def test_the_day_of_adding_is_the_owners_day(list_owner: User) -> None:
    late = datetime(2026, 3, 1, 22, tzinfo=UTC)
    Recipient.objects.filter(email="ann@example.com").update(created_at=late)
    assert found(list_owner, ("added", "on", "2026-03-02")) == {"a"}
    assert found(list_owner, ("added", "before", "2026-03-02")) == set()
    assert found(list_owner, ("added", "after", "2026-03-02")) == {"b", "c"}
    Recipient.objects.filter(email="bo@example.org").update(created_at=NOW() - timedelta(days=10))
    assert found(list_owner, ("added", "within", 11)) >= {"b", "c"}
    assert "b" in found(list_owner, ("added", "not-within", 9))


def test_behaviour_asks_deliveries_that_went_out(list_owner: User) -> None:
    ann, bo, cy = Recipient.objects.filter(owner=list_owner).order_by("email")
    mailing = MailingFactory(owner=list_owner)
    run = RunFactory(mailing=mailing)
    old = NOW() - timedelta(days=40)
    DeliveryFactory(run=run, recipient=ann, status="sent", finished_at=NOW(), opened_at=NOW(), clicked_at=NOW())
    DeliveryFactory(run=run, recipient=bo, status="sent", finished_at=old)
    DeliveryFactory(run=run, recipient=cy, status="failed", finished_at=NOW())
    assert found(list_owner, ("sent", "mailing", mailing.pk)) == {"a", "b"}
    assert found(list_owner, ("sent", "not-mailing", mailing.pk)) == {"c"}
    assert found(list_owner, ("sent", "ever")) == {"a", "b"}
    assert found(list_owner, ("sent", "never")) == {"c"}
    assert found(list_owner, ("sent", "within", 30)) == {"a"}
    assert found(list_owner, ("sent", "not-within", 30)) == {"b", "c"}
    assert found(list_owner, ("opened", "mailing", mailing.pk)) == {"a"}
    assert found(list_owner, ("opened", "not-mailing", mailing.pk)) == {"b"}
    assert found(list_owner, ("opened", "never")) == {"b"}
    assert found(list_owner, ("clicked", "within", 1)) == {"a"}
    assert found(list_owner, ("clicked", "not-within", 90)) == {"b"}


def order(email: str, total: str, days_ago: int = 0, *, product: Any = None, **fields: Any) -> Order:
    """A paid order, as checkout leaves it."""
    now = NOW()
    made = Order.objects.create(
        number=f"T{Order.objects.count():09}",
        token=f"{Order.objects.count()}",
        checkout_token=f"{Order.objects.count()}",
        email=email,
        full_name="X",
        country="DE",
        currency=fields.pop("currency", "EUR"),
        subtotal=Decimal(total),
        shipping=0,
        tax=0,
        total=Decimal(total),
        status=fields.pop("status", "paid"),
        shipping_code="post",
        shipping_name="Post",
        deliver_from=now.date(),
        deliver_to=now.date(),
        gateway="test",
        expires_at=now,
        paid_at=fields.pop("paid_at", now - timedelta(days=days_ago)),
        **fields,
    )
    if product:
        variant = product.variants.get()
        made.lines.create(variant=variant, sku=variant.sku, name="X", quantity=2, price=1, total=2)
    return made


def test_the_shop_asks_what_was_bought_and_refunds_are_deducted() -> None:
    owner = shop_owner()
    for name in ("ann", "bo", "cy", "dee"):
        RecipientFactory(owner=owner, email=f"{name.title()}@example.com")
    shelf = CategoryFactory()
    product, other = ProductFactory(category=CategoryFactory(parent=shelf)), ProductFactory()
    order("ann@example.com", "100", product=product)
    order("ann@example.com", "50", refunded=Decimal(30))
    order("bo@example.com", "80", days_ago=60, product=other)
    order("cy@example.com", "500", paid_at=None, status="placed", product=product)
    order("cy@example.com", "500", status="refunded", refunded=Decimal(500), product=product)
    order("dee@example.com", "20", currency="USD")
    assert found(owner, ("ordered", "ever")) == set("ABD")
    assert found(owner, ("ordered", "never")) == {"C"}
    assert found(owner, ("ordered", "within", 30)) == set("AD")
    assert found(owner, ("ordered", "not-within", 30)) == {"B"}
    assert found(owner, ("product", "bought", product.pk)) == {"A"}
    assert found(owner, ("product", "not-bought", product.pk)) == set("BCD")
    assert found(owner, ("category", "bought", shelf.pk)) == {"A"}
    assert found(owner, ("category", "not-bought", shelf.pk)) == set("BCD")
    assert found(owner, ("orders", "at-least", 2)) == {"A"}
    assert found(owner, ("orders", "equals", 0)) == {"C"}
    assert found(owner, ("orders", "at-most", 1)) == set("BCD")
    assert found(owner, ("spent", "at-least", "120")) == {"A"}
    assert found(owner, ("spent", "equals", "120.00")) == {"A"}
    assert found(owner, ("spent", "at-least", "120.01")) == set()
    assert found(owner, ("spent", "at-most", 0)) == set("CD")
    assert found(owner, ("spent", "at-least", 0), ("ordered", "ever"), match="any") == set("ABCD")


def test_nobody_but_the_shop_may_ask_what_people_bought() -> None:
    shop_owner()
    owner = OwnerFactory()
    rules = {"match": "all", "rules": [{"field": "ordered", "test": "ever"}]}
    for verb in (segments.checked, segments.matching):
        with pytest.raises(CampaignError, match="Rule 1"):
            verb(owner=owner, rules=rules)


@pytest.mark.parametrize(
    "rules",
    [
        None,
        [],
        "all",
        {"match": "some", "rules": []},
        {"match": "all", "rules": [7]},
        {"rules": [{"field": "email"}]},
        {"rules": [{"field": "email", "test": "contains"}]},
        {"rules": [{"field": "email", "test": "contains", "value": "\0"}]},
        {"rules": [{"field": "email", "test": "contains", "value": {"a": 1}}]},
        {"rules": [{"field": "own:none", "test": "filled"}]},
        {"rules": [{"field": ["x"], "test": "filled"}]},
        {"rules": [{"field": "added", "test": "within", "value": "0"}]},
        {"rules": [{"field": "added", "test": "within", "value": "9" * 5000}]},
        {"rules": [{"field": "added", "test": "on", "value": "yesterday"}]},
        {"rules": [{"field": "own:age", "test": "at-least", "value": "NaN"}]},
        {"rules": [{"field": "state", "test": "is", "value": "gone"}]},
        {"rules": [{"field": "state", "test": "is", "value": ["active"]}]},
        {"rules": [{"field": "email", "test": "contains", "value": "x"}] * 21},
    ],
)
def test_rules_that_make_no_sense_are_refused_with_a_sentence(list_owner: User, rules: Any) -> None:
    with pytest.raises(CampaignError):
        segments.matching(owner=list_owner, rules=rules)


def test_rules_name_only_what_is_the_owners(list_owner: User) -> None:
    foreign = Tag.objects.create(owner=OwnerFactory(), name="x")
    rules = {"rules": [{"field": "tag", "test": "has", "value": foreign.pk}]}
    with pytest.raises(CampaignError, match="Rule 1"):
        segments.checked(owner=list_owner, rules=rules)
    with pytest.raises(CampaignError, match="at least one"):
        segments.checked(owner=list_owner, rules={})


def test_a_segment_within_another_one_is_a_bracket(list_owner: User) -> None:
    either = {"match": "any", "rules": [{"field": "own:city", "test": "is", "value": "Riga"}, YOUNG]}
    inner = segment_verbs.save_segment(owner=list_owner, name="Riga or young", rules=either)
    people = found(list_owner, ("own:city", "is", "Riga"), ("own:age", "at-most", 29), match="any")
    assert people
    assert found(list_owner, ("segment", "in", inner.pk)) == people
    assert found(list_owner, ("segment", "in", inner.pk), ("name", "contains", "Ann")) == people & {"a"}
    assert found(list_owner, ("segment", "not-in", inner.pk)) == found(list_owner, ("email", "contains", "@")) - people


def test_segments_never_ask_in_a_circle_nor_for_one_that_is_gone(list_owner: User) -> None:
    chain = [segment_verbs.save_segment(owner=list_owner, name="0", rules={"rules": [YOUNG]})]
    for number in range(1, 6):
        rules = {"rules": [{"field": "segment", "test": "in", "value": chain[-1].pk}]}
        chain.append(segment_verbs.save_segment(owner=list_owner, name=str(number), rules=rules))
    last = {"rules": [{"field": "segment", "test": "in", "value": chain[-1].pk}]}
    with pytest.raises(CampaignError, match="itself"):
        segment_verbs.save_segment(owner=list_owner, name="5", rules=last, segment=chain[5])
    with pytest.raises(CampaignError, match="itself"):
        segment_verbs.save_segment(owner=list_owner, name="1", rules=last, segment=chain[1])
    with pytest.raises(CampaignError, match="too many segments"):
        segment_verbs.save_segment(owner=list_owner, name="6", rules=last)
    with pytest.raises(CampaignError, match="“1” asks for this one"):
        segment_verbs.delete_segment(segment=chain[0])
    chain[5].refresh_from_db()
    assert segments.matching(owner=list_owner, rules=chain[5].rules).count() >= 1
    with pytest.raises(CampaignError, match="not there any more"):
        found(OwnerFactory(), ("segment", "in", chain[0].pk))


def test_an_ordinary_owner_gets_no_purchases_by_a_forged_form_or_the_api() -> None:
    client = logged_in(owner())
    rules = {"match": "all", "rules": [{"field": "ordered", "test": "ever"}]}
    typed = {"name": "Spy", "match": "all", "field": "ordered", "test": "ever", "value": ""}
    assert client.post(url("segment_create"), typed).status_code == 422
    page = client.post(url("segment_rules"), typed).content.decode()
    assert "nothing is known about what it asks" in page
    assert 'value="ordered"' not in page
    answer = client.post("/api/v1/segments", {"name": "Spy", "rules": rules}, content_type="application/json")
    assert answer.status_code == 422
    assert not Segment.objects.exists()
