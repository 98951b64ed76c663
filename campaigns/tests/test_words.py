"""Messages as pages, what stands under them, and what is looked at before they go out."""

from typing import Any

import pytest
from django.test import Client

from campaigns import checks, contents, unsubscribing, viewing
from campaigns.models import Delivery, Message, OwnerSettings, RecipientField, Run
from campaigns.tests.factories import DeliveryFactory, MessageFactory, RecipientFactory
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db


def codes(message: Message) -> list[str]:
    return [finding.code for finding in checks.check(message)]


def sent(**message: str) -> Delivery:
    delivery = DeliveryFactory(**{f"run__mailing__message__{name}": value for name, value in message.items()})
    delivery.content = contents.freeze(run=delivery.run, message=delivery.run.mailing.message)
    delivery.save()
    return delivery


def test_a_recipient_reads_the_message_in_the_browser_and_nothing_is_noted() -> None:
    delivery = sent(body="<p>Dear {{ full_name }}</p><script>alert(1)</script>")
    Delivery.objects.update(full_name="<b>Jo</b>")
    response = Client().get(f"/m/{unsubscribing.token(delivery.pk)}/")
    page = response.content.decode()
    assert "Dear &lt;b&gt;Jo&lt;/b&gt;" in page
    assert "alert" not in page
    assert unsubscribing.url(delivery.pk) in page
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert not Delivery.objects.get().events.exists()


def test_a_made_up_link_shows_nothing() -> None:
    delivery = sent()
    for token in (unsubscribing.token(delivery.pk + 1), "x", "é" * 99):
        assert Client().get(f"/m/{token}/").status_code == 404


def test_a_run_from_before_contents_is_still_read() -> None:
    delivery = DeliveryFactory()
    Run.objects.update(body="Words of long ago")
    delivery.refresh_from_db()
    assert "Words of long ago" in viewing.as_sent(delivery)


def test_the_footer_names_who_stands_behind_it_and_every_way_out() -> None:
    delivery = sent()
    mailing = delivery.run.mailing
    OwnerSettings.objects.create(owner=mailing.owner, postal_address="1 Long Street", advertiser="Advert by <Ann>")
    mailing.mark = "erid: 2Vtz"
    mailing.save()
    delivery.content.delete()
    content = contents.freeze(run=Run.objects.get(), message=mailing.message)
    for words in (content.html, content.text):
        assert "1 Long Street" in words
        assert "erid: 2Vtz" in words
        assert all(f"{{{{ {name} }}}}" in words for name in ("unsubscribe_url", "view_url", "report_url"))
    assert "Advert by &lt;Ann&gt;" in content.html
    assert "Advert by <Ann>" in content.text
    assert not content.links.exists()


def test_an_owner_sees_the_whole_mail_in_a_frame_that_runs_nothing() -> None:
    user = owner()
    message = MessageFactory(owner=user, preheader="Psst {{ full_name }}")
    RecipientFactory(owner=user, email="ann@example.com", full_name="Ann")
    client = logged_in(user)
    response = client.get(url("message_preview", message.pk), {"as": "ann@example.com"})
    page = response.content.decode()
    assert "Psst Ann" in page
    assert "Hello Ann" in page
    assert "/u/preview/report/" in page
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert logged_in(owner()).get(url("message_preview", message.pk)).status_code == 404


def test_a_message_with_all_it_needs_has_no_findings() -> None:
    message = MessageFactory(preheader="What is new", body='<p>See <a href="https://shop.example/">us</a></p>')
    OwnerSettings.objects.create(owner=message.owner, postal_address="1 Long Street")
    assert codes(message) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"subject": "BUY NOW, ПРЯМО СЕЙЧАС"}, "subject_capitals"),
        ({"subject": ""}, "subject_empty"),
        ({"preheader": ""}, "preheader_empty"),
        ({"body": "{{ nickname }}"}, "field_unknown"),
        ({"body": '<p><a href="javascript:x()">a</a></p>'}, "link_empty"),
        ({"body": "<p><a href='https://nowhere/'>a</a></p>"}, "link_broken"),
        ({"body": "See {site}/no-such-page-here/"}, "link_broken"),
        ({"body": "<p><img src='https://e.example/a.png'></p>"}, "alt_missing"),
        ({"body": "word " * 30_000}, "too_large"),
    ],
)
def test_what_is_amiss_is_found(fields: dict[str, str], code: str, settings: Any) -> None:
    fields = {name: text.replace("{site}", settings.SITE_URL) for name, text in fields.items()}
    message = MessageFactory(**{"preheader": "Something", **fields})
    OwnerSettings.objects.create(owner=message.owner, postal_address="1 Long Street")
    assert codes(message) == [code]


def test_the_site_s_own_pages_are_known(settings: Any) -> None:
    message = MessageFactory(preheader="x", body=f"See {settings.SITE_URL}/ and {settings.SITE_URL}/ru/accounts/login/")
    assert codes(message) == ["no_postal_address"]


def test_empty_fields_are_counted_where_there_is_no_fallback() -> None:
    message = MessageFactory(preheader="x", body="{{ full_name }} {{ town }} {{ street|your street }}")
    for key in ("town", "street"):
        RecipientField.objects.create(owner=message.owner, key=key, label=key)
    for attributes in ({"town": "Riga"}, {"town": ""}, {}):
        RecipientFactory(owner=message.owner, full_name="", attributes=attributes)
    RecipientFactory(full_name="")
    texts = [finding.text for finding in checks.check(message) if finding.code == "field_empty"]
    assert texts == [
        "“full_name” is empty for 3 recipients, and has no fallback.",
        "“town” is empty for 2 recipients, and has no fallback.",
    ]


def test_the_page_of_a_message_shows_what_was_found() -> None:
    user = owner()
    page = logged_in(user).get(url("message_detail", MessageFactory(owner=user, subject="BUY IT NOW").pk))
    assert "A subject in capitals looks like spam." in page.content.decode()


def test_a_subject_of_ten_thousand_characters_is_refused_with_a_sentence() -> None:
    client = logged_in(owner())
    for subject in ("x" * 10_000, "a\0b"):
        response = client.post(url("message_create"), {"subject": subject, "body": "x"})
        assert response.status_code == 422
        assert response.context["form"].errors["subject"]
    client.post(url("message_create"), {"subject": "😀 {{ full_name|друг }}\r\nBcc: x", "body": "😀"})
    assert Message.objects.get().subject == "😀 {{ full_name|друг }} Bcc: x"


def test_the_test_mail_fills_own_fields_and_leads_nowhere_by_mistake() -> None:
    user = owner()
    message = MessageFactory(owner=user, body="From {{ town|somewhere }}")
    RecipientField.objects.create(owner=user, key="town", label="Town")
    logged_in(user).post(url("message_test", message.pk))
    mail = OutgoingMail.objects.get()
    assert "From somewhere" in mail.text
    assert "/u/preview/" in mail.html
    assert "{{" not in mail.html
