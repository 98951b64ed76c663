"""Messages of blocks: the editor, and what becomes of them in a mail."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from campaigns import block_editing, contents
from campaigns.block_forms import FORMS
from campaigns.errors import CampaignError
from campaigns.models import Message
from campaigns.rendering import rendered
from campaigns.tests.factories import MessageFactory, RunFactory
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner
from store.models import Coupon
from store.tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def message() -> Message:
    return MessageFactory(owner=owner(), kind=Message.Kind.BLOCKS, body="")


def client_of(message: Message) -> Client:
    return logged_in(message.owner)


def add(message: Message, kind: str, **values: Any) -> Any:
    return client_of(message).post(url("block_add", message.pk, kind), values)


def ids(message: Message) -> list[str]:
    message.refresh_from_db()
    return [row["id"] for row in block_editing.rows_of(message)]


def test_an_owner_writes_a_message_of_blocks() -> None:
    user = owner()
    client = logged_in(user)
    response = client.post(url("message_create") + "?kind=blocks", {"subject": "Sale"})
    message = user.messages.get()
    assert response.headers["Location"] == url("block_list", message.pk)
    add(message, "heading", text="Dear {{ full_name|reader }}")
    add(message, "text", text="<b>Hi</b><script>alert(1)</script> & {{ email }}")
    add(message, "button", label="Go & see", url="https://shop.example/?a=1&b=2")
    add(message, "columns", left="Left side", right="Right side")
    add(message, "divider")
    page = client.get(url("message_preview", message.pk)).content.decode()
    assert "Dear Jo Reader" in page
    assert "<b>Hi</b> &amp; jo@example.com" in page
    assert "alert" not in page
    assert 'href="https://shop.example/?a=1&amp;b=2"' in page
    assert "googleapis" not in page
    assert "Right side" in client.get(url("message_preview", message.pk)).content.decode()
    assert client.get(url("block_list", message.pk)).status_code == 200
    for block in ids(message):
        assert client.get(url("block_edit", message.pk, block)).status_code == 200


def test_what_is_frozen_has_its_links_a_text_part_and_the_way_out(message: Message) -> None:
    add(message, "button", label="See", url="https://shop.example/?a=1&b=2")
    message.refresh_from_db()
    content = contents.freeze(run=RunFactory(mailing__message=message, mailing__owner=message.owner), message=message)
    assert list(content.links.values_list("number", "url")) == [(1, "https://shop.example/?a=1&b=2")]
    assert "See: https://shop.example/?a=1&b=2" in content.text
    for words in (content.html, content.text):
        assert "{{ unsubscribe_url }}" in words
        assert "{{ view_url }}" in words


def test_blocks_are_changed_moved_deleted_and_brought_back(message: Message) -> None:
    for text in ("One", "Two", "Three"):
        add(message, "heading", text=text)
    client, (one, two, three) = client_of(message), ids(message)
    client.post(url("block_edit", message.pk, two), {"text": "Second"})
    client.post(url("block_move", message.pk, three), {"to": "up"})
    client.post(url("block_move", message.pk, one), {"to": "up"})
    assert ids(message) == [one, three, two]
    client.post(url("block_delete", message.pk, three))
    assert ids(message) == [one, two]
    assert "Undo" in client.get(url("block_list", message.pk), {"undo": 1}).content.decode()
    for _click in range(2):
        client.post(url("block_restore", message.pk))
    assert ids(message) == [one, three, two]
    assert [row["value"] for row in block_editing.rows_of(message)] == ["One", "Three", "Second"]


def test_goods_are_looked_up_when_it_is_frozen(message: Message) -> None:
    product = ProductFactory(name="Lamp {{ email }} <b>")
    assert add(message, "product", product=f"https://shop.example/store/p/{product.slug}/").status_code == 302
    assert add(message, "products", title="More", products=product.slug).status_code == 302
    assert add(message, "recommendations", source="newest", count=2, title="").status_code == 302
    assert add(message, "posts", count=2, title="Read").status_code == 302
    assert add(message, "product", product="no-such-thing").status_code == 422
    message.refresh_from_db()
    words = rendered(message)
    assert "Read" in words.text
    for block in ids(message):
        assert client_of(message).get(url("block_edit", message.pk, block)).status_code == 200


def test_only_the_shop_gives_coupons_away(message: Message) -> None:
    Coupon.objects.create(code="SPRING", value=10)
    assert add(message, "coupon", code="SPRING", text="For you").status_code == 422
    User.objects.filter(pk=message.owner_id).update(is_superuser=True)
    assert add(Message.objects.get(), "coupon", code="SPRING", text="For you").status_code == 302
    assert "SPRING" in rendered(Message.objects.get()).html
    Coupon.objects.update(active=False)
    assert "SPRING" not in rendered(Message.objects.get()).html


def test_a_picture_is_checked_and_sent_as_jpeg_with_its_words(message: Message, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    data = BytesIO()
    Image.new("RGB", (1200, 600), "teal").save(data, "PNG")
    assert add(message, "image", file=SimpleUploadedFile("a.png", b"<svg/>"), alt="x").status_code == 422
    assert add(message, "image", file=SimpleUploadedFile("a.png", data.getvalue()), alt='A "lamp"').status_code == 302
    message.refresh_from_db()
    html = rendered(message).html
    assert 'alt="A &quot;lamp&quot;"' in html
    assert f'src="{settings.SITE_URL}' in html
    assert ".jpg" in html


def test_unknown_fields_and_other_peoples_messages_are_refused(message: Message) -> None:
    assert add(message, "text", text="{{ secret }}").status_code == 422
    with pytest.raises(CampaignError):
        block_editing.add_block(message=message, kind="text", value="{{ secret }}")
    stranger = logged_in(owner())
    assert stranger.get(url("block_list", message.pk)).status_code == 404
    assert stranger.post(url("block_add", message.pk, "heading"), {"text": "x"}).status_code == 404
    assert client_of(message).get(url("block_add", message.pk, "nonsense")).status_code == 404


def test_every_kind_of_block_has_a_form(message: Message) -> None:
    assert set(FORMS) == set(Message._meta.get_field("blocks").stream_block.child_blocks)  # type: ignore[union-attr]
    for kind in FORMS:
        assert client_of(message).get(url("block_add", message.pk, kind)).status_code == 200


def test_blocks_are_added_through_the_api(message: Message) -> None:
    client = client_of(message)
    path = f"/api/v1/messages/{message.pk}/blocks"
    payload = {"type": "heading", "values": {"text": "Hello"}}
    assert client.post(path, payload, content_type="application/json").status_code == 201
    assert client.get(f"/api/v1/messages/{message.pk}/preview").json()["text"].startswith("Hello")
    for wrong in ({"type": "heading"}, {"type": "nothing"}, {"type": "image"}):
        assert client.post(path, wrong, content_type="application/json").status_code == 422
