"""The block that shows readers their own cart, in the series about carts that were left."""

from decimal import Decimal
from email import message_from_bytes, policy
from typing import Any

import pytest

from campaigns import automations, block_editing, cart_goods, checks, messages, viewing
from campaigns.delivery.compiled import compile_content
from campaigns.delivery.gaps import Addressee
from campaigns.errors import CampaignError
from campaigns.models import Automation, Delivery, Message
from campaigns.tests.factories import MessageFactory, RecipientFactory
from campaigns.tests.series import left_cart, reader, series, tick
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner, shop_owner
from notifications.models import OutgoingMail
from store.tests.factories import ProductFactory

pytestmark = pytest.mark.django_db

NAME = "Lamp <b>& {{ email }}"


@pytest.fixture
def message() -> Message:
    made = MessageFactory(owner=shop_owner(), kind=Message.Kind.BLOCKS, body="", preheader="Still here")
    block_editing.add_block(message=made, kind="cart", value={"title": "Yours", "label": "Open my cart"})
    return Message.objects.get(pk=made.pk)


@pytest.fixture
def delivery(message: Message) -> Delivery:
    """To somebody who left a lamp in the cart two hours ago, and whom the series has reached."""
    reader(message.owner, "left@example.com")
    left_cart("left@example.com", item=ProductFactory(name_en=NAME, price=Decimal("12.50"), stock=5).variants.get())
    steps = series(message.owner, Automation.Trigger.CART_LEFT).steps
    steps.update(message=message)
    tick()
    return Delivery.objects.get()


def test_each_reader_sees_their_own_cart(delivery: Delivery) -> None:
    html = viewing.as_sent(delivery)
    assert "Lamp &lt;b&gt;&amp; {{ email }}" in html
    assert "1 ×" in html
    assert "12.50" in html
    assert "/cart/back/" in html
    assert ">Open my cart<" in html


def test_the_mail_itself_has_it_in_both_parts(delivery: Delivery) -> None:
    assert delivery.content is not None
    addressee = Addressee(delivery.pk, delivery.email, delivery.full_name, delivery.attributes)
    mail: Any = message_from_bytes(compile_content(delivery.content).envelope(addressee).content, policy=policy.default)
    html, text = (mail.get_body((kind,)).get_content() for kind in ("html", "plain"))
    assert "Lamp &lt;b&gt;&amp; {{ email }}</a>" in html
    assert f"- 1 × {NAME}, " in text
    assert "/cart/back/" in text
    assert "cart_goods" not in html + text


def test_values_of_recipients_stay_text(message: Message) -> None:
    """Only what this site writes is markup."""
    somebody = Addressee(1, "x@example.com", "<b>Jo", {"cart_items": "<script>", "cart_total": "<i>"})
    assert viewing.filled("{{ full_name }}", {"full_name": somebody.full_name}) == "&lt;b&gt;Jo"
    assert cart_goods.html_of(somebody.attributes) == ""
    item = {"name": "<script>", "quantity": 1, "price": "1", "url": '"><script>', "src": ""}
    assert "<script>" not in cart_goods.html_of({"cart_items": [item], "cart_total": "<i>"})


def test_a_preview_and_a_test_show_a_cart_of_today(message: Message) -> None:
    ProductFactory(name_en="Sea lamp")
    preview = messages.preview(message=message)
    assert "Sea lamp" in preview.html
    assert "- 1 × Sea lamp" in preview.text
    assert 'href=""' not in preview.html
    logged_in(message.owner).post(url("message_test", message.pk))
    assert "Sea lamp" in OutgoingMail.objects.get().html


def test_outside_a_series_the_checks_say_that_it_stays_empty(message: Message) -> None:
    RecipientFactory(owner=message.owner)
    assert "field_of_series" in [finding.code for finding in checks.check(message)]
    carts = automations.create_automation(owner=message.owner, name="Carts", trigger=Automation.Trigger.CART_LEFT)
    automations.add_step(automation=carts, message=message)
    assert checks.check(message) == []


def test_only_the_shop_shows_carts() -> None:
    other = MessageFactory(owner=owner(), kind=Message.Kind.BLOCKS, body="")
    with pytest.raises(CampaignError):
        block_editing.add_block(message=other, kind="cart", value={"title": "", "label": "x"})
    page = logged_in(other.owner).get(url("block_list", other.pk)).content.decode()
    assert url("block_add", other.pk, "cart") not in page
