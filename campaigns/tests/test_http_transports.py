"""Other ways out than SMTP, against providers that answer, lie, hang and drop."""

import json
from typing import Any

import pytest

from campaigns import return_path, runs
from campaigns.delivery import slices
from campaigns.delivery.replies import Verdict, classify
from campaigns.delivery.transports import plain_transport, way_out
from campaigns.models import Delivery, Run
from campaigns.tests.factories import MailingFactory, RecipientFactory
from campaigns.tests.http_server import Provider, provider

pytestmark = pytest.mark.django_db
OK = (200, json.dumps({"TransactionID": "t-1", "MessageID": "m-1"}))
BREVO_OK = (201, json.dumps({"messageId": "m-1"}))


def launch(number: int = 2) -> Run:
    mailing = MailingFactory()
    for index in range(number):
        RecipientFactory(owner=mailing.owner, email=f"r{index}@d{index}.example.net")
    (run,) = runs.open_due_runs()
    return run


def send(server: Provider, settings: Any, scheme: str = "elastic", number: int = 2) -> dict[str, int]:
    settings.EMAIL_TIMEOUT = 0.6
    settings.ELASTIC_EMAIL_API_BASE = server.base
    query = f"?api_url={server.base}/v3/" if scheme != "elastic" else ""
    settings.MAILINGS_URL = f"{scheme}://KEY{query}"
    run = launch(number)
    slices.run_slice(seconds=5)
    statuses = list(run.deliveries.values_list("status", flat=True))
    return {status: statuses.count(status) for status in statuses}


def test_elastic_email_gets_the_message_and_its_answer_is_kept(settings: Any) -> None:
    with provider(OK) as server:
        assert send(server, settings) == {"sent": 2}
    path, headers, payload = server.requests[0]
    assert (path, headers["X-ElasticEmail-ApiKey"]) == ("/v4/emails/transactional", "KEY")
    delivery = Delivery.objects.order_by("pk").first()
    assert delivery and "m-1" in delivery.last_response
    assert payload["Recipients"] == {"To": [delivery.email]}
    content = payload["Content"]
    assert return_path.delivery_of_token(content["Postback"]) == delivery
    assert {part["ContentType"] for part in content["Body"]} == {"HTML", "PlainText"}
    assert content["Headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Jo Reader" in content["Body"][0]["Content"]
    assert payload["Options"] == {"TrackOpens": False, "TrackClicks": False}


@pytest.mark.parametrize("lie", ["hang", "drop", "drip"])
def test_an_answer_that_does_not_come_leaves_one_in_doubt(settings: Any, lie: str) -> None:
    with provider(lie) as server:
        assert send(server, settings) == {"in_doubt": 1, "queued": 1}
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((200, "<html>Welcome"), {"in_doubt": 2}),
        ((200, "[]"), {"in_doubt": 2}),
        ((502, "Bad gateway"), {"in_doubt": 2}),
        ((400, '{"Error": "no such thing"}'), {"failed": 2}),
        ((500, '{"Error": "try later"}'), {"queued": 2}),
        ((401, '{"Error": "key"}'), {"queued": 2}),
        ((400, '{"Error": "APIKey Expired"}'), {"queued": 2}),
        ((429, ""), {"queued": 2}),
        ((503, ""), {"queued": 2}),
    ],
)
def test_an_error_counts_by_its_meaning(settings: Any, answer: Any, outcome: dict[str, int]) -> None:
    with provider(answer) as server:
        assert send(server, settings) == outcome
    if answer[0] in (401, 429, 503) or "APIKey" in answer[1]:
        # The server's trouble: nobody's attempt.
        assert Delivery.objects.filter(tries=0).count() == 2


def test_a_request_that_is_refused_for_three_domains_means_us(settings: Any) -> None:
    with provider((400, '{"Error": "The sender is not verified"}')) as server:
        assert send(server, settings, number=5) == {"queued": 5}
    assert len(server.requests) == 3
    assert Delivery.objects.filter(tries=0).count() == 5


def test_a_provider_that_is_down_costs_nobody_an_attempt(settings: Any) -> None:
    with provider(OK) as server:
        pass
    assert send(server, settings) == {"queued": 2}


def test_anymail_carries_the_message_and_the_delivery_s_token(settings: Any) -> None:
    with provider(BREVO_OK) as server:
        assert send(server, settings, "anymail+brevo") == {"sent": 2}
    _path, headers, payload = server.requests[0]
    assert headers["api-key"] == "KEY"
    token = json.loads(payload["headers"]["X-Mailin-custom"])["delivery"]
    assert return_path.delivery_of_token(token) == Delivery.objects.order_by("pk").first()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((400, '{"errors": []}'), {"failed": 2}),
        ((401, "{}"), {"queued": 2}),
        ((429, "{}"), {"queued": 2}),
        ((500, "{}"), {"queued": 2}),
        ((504, ""), {"in_doubt": 2}),
    ],
)
def test_anymail_s_errors_count_by_their_meaning(settings: Any, answer: Any, outcome: dict[str, int]) -> None:
    with provider(answer) as server:
        assert send(server, settings, "anymail+brevo") == outcome


def test_anymail_without_an_answer_is_in_doubt(settings: Any) -> None:
    with provider("drop") as server:
        assert "in_doubt" in send(server, settings, "anymail+brevo")


def test_the_way_out_is_known_for_spf(settings: Any) -> None:
    settings.MAILINGS_URL = "elastic://KEY"
    assert way_out() == ((), "", "_spf.elasticemail.com")
    settings.MAILINGS_URL, settings.MAILINGS_SENDING_IPS = "smtp+tls://u:p@mx.example.com:587", ["192.0.2.1"]
    assert way_out() == (("192.0.2.1",), "mx.example.com", "")
    transport = plain_transport(settings.MAILINGS_URL)
    assert (transport.server.host, transport.server.port, transport.server.use_tls) == ("mx.example.com", 587, True)  # type: ignore[attr-defined]


def test_the_codes_mean_what_they_should() -> None:
    from campaigns.delivery.elastic import reply_of
    from campaigns.delivery.http import HTTPAnswer

    assert classify(reply_of(HTTPAnswer(200, None, "hello"))) is Verdict.IN_DOUBT
