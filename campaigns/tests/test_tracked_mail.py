"""The links that go out: tracked for those who agreed, plain for everybody else."""

from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from campaigns import contents, owners, tracking
from campaigns.delivery import lookout
from campaigns.delivery.compiled import compile_content
from campaigns.delivery.gaps import Addressee
from campaigns.models import Content, Delivery
from campaigns.tests.factories import DeliveryFactory, RecipientFactory, RunFactory
from campaigns.tests.test_tracking import READER

pytestmark = pytest.mark.django_db

BODY = f"See https://elsewhere.example/a?b=1&c=2 and {settings.SITE_URL}/store/?page=2."


def frozen(*, notes: bool) -> Content:
    run = RunFactory(mailing__message__body=BODY)
    wish = owners.settings_of(run.mailing.owner)
    wish.notes_opens = wish.notes_clicks = notes
    wish.save()
    return contents.freeze(run=run, message=run.mailing.message)


def parts(content: Content, delivery: int, *, is_tracked: bool) -> tuple[str, str]:
    """The text and the HTML as a reader's program decodes them."""
    addressee = Addressee(delivery, "jo@example.net", "Jo", is_tracked=is_tracked)
    data = compile_content(content).envelope(addressee).content
    mail = message_from_bytes(data, policy=policy.default)
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


def test_who_has_agreed_gets_links_and_a_picture_that_lead_back() -> None:
    content = frozen(notes=True)
    delivery = DeliveryFactory(run=content.run, content=content, status="sent", finished_at=timezone.now())
    text, html = parts(content, delivery.pk, is_tracked=True)
    link = content.links.get(url__contains="elsewhere")
    url = tracking.click_url(delivery.pk, link.number)
    assert url in text
    assert url in html
    assert "elsewhere.example/a" not in html.replace(">https://elsewhere.example/a", "")
    assert f'<img src="{tracking.pixel_url(delivery.pk)}"' in html
    path = url.removeprefix(settings.SITE_URL)
    response = Client().get(path, headers={"user-agent": READER})
    assert (response.status_code, response["Location"]) == (302, "https://elsewhere.example/a?b=1&c=2")


@pytest.mark.parametrize(("notes", "is_tracked"), [(True, False), (False, True), (False, False)])
def test_everybody_else_gets_plain_links(notes: bool, is_tracked: bool) -> None:
    content = frozen(notes=notes)
    text, html = parts(content, 7, is_tracked=is_tracked)
    assert "/t/c/" not in text + html
    assert "/t/o/" not in html
    assert "https://elsewhere.example/a?b=1&c=2" in text
    assert "https://elsewhere.example/a?b=1&amp;c=2" in html


def test_the_shop_learns_the_campaign_from_everybody() -> None:
    content = frozen(notes=False)
    text, _html = parts(content, 7, is_tracked=False)
    assert (
        f"/store/?page=2&utm_source=newsletter&utm_medium=email&utm_campaign=mailing-{content.run.mailing_id}" in text
    )


def test_the_look_ahead_tells_who_has_agreed() -> None:
    run = RunFactory()
    user = run.mailing.owner
    agreed = RecipientFactory(owner=user, tracking_agreed_at=timezone.now())
    other = RecipientFactory(owner=user)
    Delivery.objects.create(run=run, recipient=agreed, email=agreed.email, next_try_at=timezone.now())
    found, tracked, stopped = lookout.Question(run).ask({agreed.pk, other.pk})
    assert (found, tracked, stopped) == ({agreed.pk, other.pk}, {agreed.pk}, False)
