"""Signing up: the address is asked, and only its own answer counts."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from campaigns import opt_in
from campaigns.errors import CampaignError
from campaigns.models import OptInForm, Recipient, RecipientField, Suppression, Tag, Topic, TopicChoice
from campaigns.signals import recipient_subscribed
from campaigns.suppression import suppress
from campaigns.tests.factories import OwnerFactory, RecipientFactory
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db
WORDS = "I agree to get mail about shoes."


@pytest.fixture(autouse=True)
def _fresh_throttles() -> None:
    cache.clear()


@pytest.fixture
def form() -> OptInForm:
    owner = OwnerFactory()
    RecipientField.objects.create(owner=owner, key="city", label="City")
    form = OptInForm.objects.create(
        owner=owner, key="k" * 22, name="Footer of the site", consent_text=WORDS, fields=["city"], asks_tracking=True
    )
    form.tags.add(Tag.objects.create(owner=owner, name="site"))
    form.topics.add(Topic.objects.create(owner=owner, name="News"))
    return form


def link_of(email: str) -> str:
    mail = OutgoingMail.objects.filter(to=email).latest("pk")
    found = re.search(r"(/newsletter/confirm/[^\s]+/)", mail.text)
    assert found
    return found.group(1)


def typed(**fields: str) -> dict[str, str]:
    return {"email": "ann@example.com", "full_name": "Ann", "own_city": "Riga", "agree": "on", **fields}


def test_only_the_button_behind_the_link_subscribes_and_the_proof_is_kept(
    form: OptInForm, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[Any] = []
    recipient_subscribed.connect(lambda **facts: heard.append(facts), weak=False, dispatch_uid="test")
    client = Client(enforce_csrf_checks=True)
    assert client.post("/newsletter/join/" + form.key + "/", typed(tracking="on")).status_code == 200
    recipient = form.owner.recipients.get()
    assert (recipient.state, recipient.full_name) == (Recipient.State.UNCONFIRMED, "")
    link = link_of("ann@example.com")
    assert client.get(link).status_code == 200
    recipient.refresh_from_db()
    assert recipient.state == Recipient.State.UNCONFIRMED
    with django_capture_on_commit_callbacks(execute=True):
        for _again in range(2):
            assert "You are subscribed" in client.post(link).content.decode()
    recipient_subscribed.disconnect(dispatch_uid="test")
    recipient.refresh_from_db()
    assert recipient.state == Recipient.State.ACTIVE
    assert (recipient.consent_basis, recipient.consent_source) == ("opt-in", "Footer of the site")
    assert recipient.consent_wording is not None
    assert recipient.consent_wording.text == WORDS
    assert recipient.consent_ip == "127.0.0.1"
    assert recipient.consented_at and recipient.tracking_agreed_at
    assert recipient.attributes == {"city": "Riga"}
    assert [tag.name for tag in recipient.tags.all()] == ["site"]
    assert TopicChoice.objects.get().wanted
    assert [(fact["recipient"], fact["source"]) for fact in heard] == [(recipient, "Footer of the site")]


def test_the_answer_is_the_same_for_the_known_and_the_suppressed(form: OptInForm) -> None:
    RecipientFactory(owner=form.owner, email="known@example.com")
    gone = RecipientFactory(owner=form.owner, email="gone@example.com")
    suppress(owner_id=form.owner_id, emails=[gone.email], reason="unsubscribed", state="unsubscribed")
    suppress(owner_id=None, emails=["never@example.com"], reason="manual", state="unsubscribed")
    url, pages = f"/newsletter/join/{form.key}/", set()
    for name in ("known", "gone", "new", "never", "never", "new"):
        pages.add(Client().post(url, typed(email=f"{name}@example.com")).content)
    assert len(pages) == 1
    written = sorted(OutgoingMail.objects.values_list("to", flat=True))
    assert written == ["gone@example.com", "known@example.com", "new@example.com"]


def test_who_had_unsubscribed_comes_back_only_by_confirming(form: OptInForm) -> None:
    gone = RecipientFactory(owner=form.owner, email="gone@example.com")
    suppress(owner_id=form.owner_id, emails=[gone.email], reason="unsubscribed", state="unsubscribed")
    opt_in.ask(owner=form.owner, email="GONE@example.com", wording=WORDS, source="x")
    gone.refresh_from_db()
    assert gone.state == Recipient.State.UNSUBSCRIBED
    link = link_of("gone@example.com")
    Client().post(link)
    gone.refresh_from_db()
    assert gone.state == Recipient.State.ACTIVE
    assert not Suppression.objects.exists()


def test_a_used_link_does_not_bring_back_who_has_left_since(form: OptInForm) -> None:
    opt_in.ask(owner=form.owner, email="ann@example.com", wording=WORDS, source="x")
    link = link_of("ann@example.com")
    Client().post(link)
    suppress(owner_id=form.owner_id, emails=["ann@example.com"], reason="unsubscribed", state="unsubscribed")
    assert Client().post(link).status_code == 404
    assert form.owner.recipients.get().state == Recipient.State.UNSUBSCRIBED


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "é:1:2"])
def test_a_link_that_is_not_ours_says_so(token: str) -> None:
    assert Client().get(f"/newsletter/confirm/{token}/").status_code == 404
    assert Client().post(f"/newsletter/confirm/{token}/").status_code == 404


def test_an_address_is_written_to_once_in_ten_minutes_and_an_ip_is_stopped(form: OptInForm) -> None:
    for _again in range(3):
        opt_in.ask(owner=form.owner, email="ann@example.com", wording=WORDS, source="x")
    assert OutgoingMail.objects.count() == 1
    Recipient.objects.update(confirmation_sent_at=timezone.now() - opt_in.PAUSE)
    opt_in.ask(owner=form.owner, email="ann@example.com", wording=WORDS, source="x")
    assert OutgoingMail.objects.count() == 2
    with pytest.raises(CampaignError):
        for number in range(opt_in.MOST_FROM_ONE_IP + 1):
            opt_in.ask(owner=form.owner, email=f"a{number}@example.com", wording=WORDS, source="x", ip="192.0.2.1")


def test_what_is_no_address_or_no_consent_is_refused(form: OptInForm) -> None:
    with pytest.raises(ValidationError):
        opt_in.ask(owner=form.owner, email="nonsense", wording=WORDS, source="x")
    url = f"/newsletter/join/{form.key}/"
    assert Client().post(url, typed(email="a\0@example.com")).status_code == 422
    page = Client().post(url, {"email": "ann@example.com"})
    assert page.status_code == 422
    assert WORDS in page.content.decode()
    assert not OutgoingMail.objects.exists()


def test_a_robot_is_thanked_and_forgotten(form: OptInForm) -> None:
    assert Client().post(f"/newsletter/join/{form.key}/", typed(website="http://spam")).status_code == 200
    assert not OutgoingMail.objects.exists()


def test_the_form_may_be_framed_by_other_sites_and_no_other_page(form: OptInForm) -> None:
    page = Client().get(f"/newsletter/join/{form.key}/?embed=1")
    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert not page.cookies
    other = Client().get("/newsletter/confirm/x/")
    assert "frame-ancestors *" not in other.headers["Content-Security-Policy"]


def test_closed_forms_and_forms_of_blocked_owners_take_nobody(form: OptInForm) -> None:
    OptInForm.objects.update(is_open=False)
    assert Client().post(f"/newsletter/join/{form.key}/", typed()).status_code == 410
    form.owner.blocked_at = timezone.now()
    form.owner.save()
    assert Client().get(f"/newsletter/join/{form.key}/").status_code == 404
    assert not OutgoingMail.objects.exists()
