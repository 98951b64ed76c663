"""Messages of blocks to begin with."""

import pytest
from django.conf import settings
from django.utils import translation

from blog.tests.factories import BlogPageFactory, journal
from campaigns import checks, message_templates
from campaigns.models import Message
from campaigns.rendering import rendered
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner, shop_owner
from store.models import Coupon
from store.tests.factories import ProductFactory

pytestmark = pytest.mark.django_db

KEYS = ["welcome", "news", "new-products", "sale", "recommendations", "invitation"]


@pytest.mark.parametrize("key", KEYS)
def test_each_template_makes_a_message_that_can_be_edited_and_read(key: str) -> None:
    user = owner()
    client = logged_in(user)
    assert client.get(url("template_preview", key)).status_code == 200
    response = client.post(url("template_list"), {"template": key})
    message = user.messages.get()
    assert response.headers["Location"] == url("block_list", message.pk)
    assert message.kind == Message.Kind.BLOCKS
    assert client.get(url("block_list", message.pk)).status_code == 200
    for block in message.blocks.raw_data:
        assert client.get(url("block_edit", message.pk, block["id"])).status_code == 200
    assert not [finding for finding in checks.check(message) if finding.level == "error"]


def test_the_page_shows_all_templates_and_two_ways_without_one() -> None:
    page = logged_in(owner()).get(url("template_list")).content.decode()
    for address in (*(url("template_preview", key) for key in KEYS), url("message_create") + "?kind=blocks"):
        assert f'"{address}"' in page


def test_goods_and_buttons_are_those_of_the_shop_today() -> None:
    product = ProductFactory(name_en="Sea lamp")
    message = message_templates.create_from_template(owner=owner(), template="new-products")
    html = rendered(message).html
    assert "Sea lamp" in html
    assert f'href="{settings.SITE_URL}/store/p/{product.slug}/"' in html
    assert f'href="{settings.SITE_URL}/store/"' in html


def test_it_is_written_in_the_owners_language() -> None:
    user = owner(language="ru")
    with translation.override("ru"):
        address = settings.SITE_URL + "/ru/store/"
    with translation.override("en"):
        message = message_templates.create_from_template(owner=user, template="welcome")
    assert address in rendered(message).html


def test_only_the_shop_gets_the_coupon_and_only_one_that_everybody_may_use() -> None:
    Coupon.objects.create(code="FORALL", value=10)
    Coupon.objects.create(code="FEW", value=50, max_uses=3)
    Coupon.objects.create(code="OVER", value=50, active=False)
    shop = message_templates.create_from_template(owner=shop_owner(), template="sale")
    assert "FORALL" in rendered(shop).html
    other = message_templates.create_from_template(owner=owner(), template="sale")
    assert "coupon" not in [block["type"] for block in other.blocks.raw_data]


def test_a_coupon_that_does_not_hold_is_said() -> None:
    shop = shop_owner()
    message = message_templates.create_from_template(owner=shop, template="sale")
    assert "coupon_gone" in [finding.code for finding in checks.check(message)]
    Coupon.objects.create(code=message_templates.NO_CODE, value=10)
    assert "coupon_gone" not in [finding.code for finding in checks.check(Message.objects.get())]


def test_latest_posts_are_in_the_owners_language() -> None:
    BlogPageFactory(title="Lamps at night")
    BlogPageFactory(title="Лампы ночью", parent=journal("ru"))
    english = rendered(message_templates.create_from_template(owner=owner(), template="news")).text
    assert "Lamps at night" in english
    assert "Лампы ночью" not in english
    russian = rendered(message_templates.create_from_template(owner=owner(language="ru"), template="news")).text
    assert "Лампы ночью" in russian
    assert "Lamps at night" not in russian


def test_templates_through_the_api() -> None:
    user = owner()
    client = logged_in(user)
    items = client.get("/api/v1/message-templates").json()["items"]
    assert [item["key"] for item in items] == KEYS
    payload = {"template": "invitation", "subject": "Come on Friday"}
    response = client.post("/api/v1/messages", payload, content_type="application/json")
    assert response.status_code == 201
    assert (response.json()["subject"], response.json()["kind"]) == ("Come on Friday", "blocks")
    assert response.json()["preheader"]
    assert "You are invited" in client.get("/api/v1/message-templates/invitation/preview").json()["html"]
    wrong = client.post("/api/v1/messages", {"template": "nothing"}, content_type="application/json")
    assert wrong.status_code == 422
    assert client.get("/api/v1/message-templates/nothing/preview").status_code in (404, 422)
    nothing = client.post("/api/v1/messages", {"body": "x"}, content_type="application/json")
    assert nothing.status_code == 422
    assert user.messages.count() == 1


def test_a_mail_asks_no_other_site_for_fonts_or_styles() -> None:
    html = rendered(message_templates.create_from_template(owner=owner(), template="invitation")).html
    assert "@import" not in html
    assert "<link" not in html
