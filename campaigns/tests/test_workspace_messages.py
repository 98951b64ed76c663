"""The pages of an owner's messages."""

from typing import Any

import pytest
from django.utils import timezone

from campaigns.models import Message, SenderAddress
from campaigns.tests.factories import MessageFactory, RecipientFactory
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db


def test_a_message_is_written_previewed_and_deleted() -> None:
    user = owner()
    client = logged_in(user)
    ann = RecipientFactory(owner=user, email="ann@example.com", full_name="Ann")
    response = client.post(url("message_create"), {"subject": "For {{ full_name|you }}", "body": "Hi {{ full_name }}!"})
    message = user.messages.get()
    assert response.headers["Location"] == url("message_detail", message.pk)
    assert "For Ann" in client.get(url("message_detail", message.pk), {"as": ann.email}).content.decode()
    assert "Hi Ann!" in client.get(url("message_preview", message.pk), {"as": ann.email}).content.decode()
    assert "not in your list" in client.get(url("message_detail", message.pk), {"as": "x@example.com"}).content.decode()
    client.post(url("message_delete", message.pk))
    assert not user.messages.exists()


def test_the_preview_cannot_run_scripts() -> None:
    user = owner()
    message = MessageFactory(
        owner=user, subject="<script>1</script>", body="<p onclick=x>Hi</p><script>alert(1)</script>"
    )
    page = logged_in(user).get(url("message_detail", message.pk)).content.decode()
    assert "<script>1" not in page
    preview = logged_in(user).get(url("message_preview", message.pk)).content.decode()
    assert "<p>Hi</p>" in preview
    assert "alert(1)" not in preview
    assert "onclick" not in preview


def test_an_unknown_merge_field_is_named() -> None:
    response = logged_in(owner()).post(url("message_create"), {"subject": "Hi {{ nickname }}", "body": "x"})
    assert response.status_code == 422
    assert "nickname" in str(response.context["form"].errors["subject"])


def test_a_used_message_cannot_be_deleted(world: dict[str, Any]) -> None:
    logged_in(world["user"]).post(url("message_delete", world["message"].pk))
    assert Message.objects.filter(pk=world["message"].pk).exists()


def test_a_double_click_sends_one_test(world: dict[str, Any]) -> None:
    client = logged_in(world["user"])
    for _click in range(2):
        assert client.post(url("message_test", world["message"].pk)).status_code == 302
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind) == (world["user"].email, "campaign_test")
    assert "here is what is new" in mail.text
    assert "here is what is new" in mail.html


def test_a_test_comes_from_the_sender_that_a_mailing_would_use(world: dict[str, Any]) -> None:
    sender = SenderAddress.objects.create(
        owner=world["user"],
        email="news@shop.example",
        name="The orchard",
        verified_at=timezone.now(),
        is_default=True,
    )
    logged_in(world["user"]).post(url("message_test", world["message"].pk))
    mail = OutgoingMail.objects.get()
    assert (mail.from_email, mail.headers) == (f"The orchard <{sender.email}>", {"Reply-To": sender.email})
