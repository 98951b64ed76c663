"""What providers tell by webhook."""

import base64
import json
from typing import Any

import pytest
from django.test import Client

from campaigns import return_path
from campaigns.models import DeliveryEvent, Recipient, Suppression
from campaigns.tests.factories import DeliveryFactory

pytestmark = pytest.mark.django_db
ELASTIC, SENDGRID = "/webhooks/elastic-email/", "/webhooks/mail/sendgrid/"


@pytest.fixture(autouse=True)
def _secret(settings: Any) -> None:
    settings.MAILINGS_WEBHOOK_SECRET = "hook:secret"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "hook:secret"}


def client(secret: str = "hook:secret") -> Client:
    return Client(
        enforce_csrf_checks=True, headers={"authorization": "Basic " + base64.b64encode(secret.encode()).decode()}
    )


def elastic(**fields: str) -> dict[str, str]:
    delivery = DeliveryFactory(status="sent")
    return {
        "status": "Error",
        "category": "NoMailbox",
        "messageid": "m1",
        "postback": return_path.token(delivery.pk),
        **fields,
    }


def sendgrid(**fields: Any) -> str:
    delivery = DeliveryFactory(status="sent")
    event = {
        "event": "bounce",
        "email": delivery.email,
        "sg_event_id": "e1",
        "timestamp": 1_790_000_000,
        "type": "bounce",
    }
    return json.dumps([{**event, "reason": "550 no such user", "delivery": return_path.token(delivery.pk), **fields}])


@pytest.mark.parametrize("how", ["query", "form", "json"])
def test_elastic_email_tells_of_a_bounce_once(how: str) -> None:
    fields = elastic()
    for _again in range(2):
        if how == "query":
            answer = client().get(ELASTIC, fields)
        else:
            answer = client().post(ELASTIC, fields, **({"content_type": "application/json"} if how == "json" else {}))
        assert answer.status_code == 200
    assert DeliveryEvent.objects.get().kind == "bounced"
    assert Suppression.objects.get().reason == "bounced"


def test_an_error_that_is_not_the_address_s_fault_suppresses_nobody() -> None:
    client().post(ELASTIC, elastic(category="Spam"))
    assert DeliveryEvent.objects.get().kind == "bounced"
    assert not Suppression.objects.exists()


def test_a_complaint_by_webhook_ends_it() -> None:
    client().post(ELASTIC, elastic(status="AbuseReport", category=""))
    assert Recipient.objects.get().state == "complained"


def test_anymail_tells_of_a_bounce_once() -> None:
    body = sendgrid()
    for _again in range(2):
        assert client().post(SENDGRID, body, content_type="application/json").status_code == 200
    event = DeliveryEvent.objects.get()
    assert (event.kind, "no such user" in event.details) == ("bounced", True)
    assert Recipient.objects.get().state == "bounced"


@pytest.mark.parametrize("path", [ELASTIC, SENDGRID])
def test_nobody_without_the_secret_is_heard(path: str, settings: Any) -> None:
    for stranger in (Client(), client("hook:wrong"), Client(headers={"authorization": "Basic é"})):
        assert stranger.post(path, {}).status_code == 401
    settings.MAILINGS_WEBHOOK_SECRET = ""
    assert client("").post(path, {}).status_code == 404


@pytest.mark.parametrize("body", ["", "nonsense", "[1]", '{"a": 1}', "null", "[{}]"])
def test_nonsense_is_refused_or_forgotten(body: str) -> None:
    for path in (ELASTIC, SENDGRID):
        assert client().post(path, body, content_type="application/json").status_code in (200, 400)
    assert not DeliveryEvent.objects.exists()


def test_a_token_of_nobody_is_forgotten() -> None:
    fields = elastic(postback="aaaa")
    assert client().post(ELASTIC, fields).status_code == 200
    assert not DeliveryEvent.objects.exists()


def test_a_provider_that_nobody_knows_is_not_found() -> None:
    assert client().post("/webhooks/mail/base/").status_code == 404
