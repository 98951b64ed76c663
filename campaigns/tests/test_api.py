"""The API of mailings, in the shapes that outside scripts rely on."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.models import Attempt, Mailing, Recipient
from campaigns.tests.factories import DeliveryFactory, MailingFactory, MessageFactory, RecipientFactory, RunFactory
from campaigns.tests.worlds import logged_in, manager, owner, person, superuser
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db

ROOT = "/api/v1"


def send(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Any:
    data = json.dumps(body) if body is not None else ""
    return client.generic(method, f"{ROOT}{path}", data, content_type="application/json", headers=headers)


def post(client: Client, path: str, body: Any = None, **headers: str) -> Any:
    return send(client, "POST", path, body, **headers)


def get(client: Client, path: str) -> Any:
    return send(client, "GET", path)


def tomorrow() -> str:
    return (timezone.now() + timedelta(days=1)).isoformat()


def test_a_recipient_is_added_with_consent() -> None:
    user = owner()
    body = {"email": "Ann@example.com", "full_name": "Ann", "consent": {"basis": "opt-in", "source": "fair"}}
    response = post(logged_in(user), "/recipients", body)
    assert response.status_code == 201
    recipient = user.recipients.get()
    assert response.json()["id"] == recipient.pk
    said = response.json()["consent"]
    assert (said["basis"], said["source"], said["wording"]) == ("opt-in", "fair", "")
    assert recipient.state == Recipient.State.ACTIVE


@pytest.mark.parametrize("consent", [None, {"basis": "none"}])
def test_without_consent_a_recipient_stays_unconfirmed(consent: Any) -> None:
    response = post(logged_in(owner()), "/recipients", {"email": "ann@example.com", "consent": consent})
    assert (response.status_code, response.json()["state"]) == (201, "unconfirmed")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": ""},
        {"email": "nonsense"},
        {"email": "a@b.co", "full_name": "a\0b"},
        {"email": "a@b.co", "full_name": "\ud83d"},
        {"email": "\udc00@example.com"},
        {"email": "a@b.co", "full_name": "x" * 201},
        {"email": f"{'ж' * 100}@{'ж' * 60}.{'ж' * 60}.рф"},
        {"email": "a@b.co", "consent": {"basis": "maybe"}},
    ],
)
def test_what_cannot_be_stored_is_refused_by_field(body: dict[str, Any]) -> None:
    user = owner()
    response = post(logged_in(user), "/recipients", body)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["errors"]
    assert not user.recipients.exists()


def test_many_are_added_and_each_refused_one_says_why(django_assert_max_num_queries: Any) -> None:
    user = owner()
    RecipientFactory(owner=user, email="known@example.com")
    good = [{"email": f"r{number}@example.com", "consent": {"basis": "customer"}} for number in range(995)]
    bad = [{"email": "bad"}, {"email": "known@example.com"}, {"name": "x"}, "text", {"email": "r0@example.com"}]
    client = logged_in(user)
    with django_assert_max_num_queries(50):
        response = post(client, "/recipients", {"items": good + bad})
    items = response.json()["items"]
    assert response.status_code == 201
    assert len(items) == 1000
    assert all(set(item) == {"id"} for item in items[:995])
    assert all(item["error"] and "id" not in item for item in items[995:])
    assert [item["field"] for item in items[995:998]] == ["email"] * 3
    assert user.recipients.count() == 996


def test_more_than_a_thousand_are_refused() -> None:
    body = {"items": [{"email": f"r{number}@example.com"} for number in range(1001)]}
    assert post(logged_in(owner()), "/recipients", body).status_code == 422


def test_recipients_are_listed_searched_changed_and_deleted() -> None:
    user = owner()
    for number in range(30):
        RecipientFactory(owner=user, email=f"r{number}@example.com")
    RecipientFactory()
    client = logged_in(user)
    first = get(client, "/recipients?page_size=20").json()
    second = get(client, f"/recipients?page_size=20&cursor={first['next_cursor']}").json()
    assert len({item["id"] for item in first["items"] + second["items"]}) == 30
    assert second["next_cursor"] is None
    assert len(get(client, "/recipients?q=r29@").json()["items"]) == 1
    pk = first["items"][0]["id"]
    changed = send(client, "PATCH", f"/recipients/{pk}", {"comment": "hello"})
    assert (changed.status_code, changed.json()["comment"], changed.json()["email"]) == (
        200,
        "hello",
        "r29@example.com",
    )
    taken = send(client, "PATCH", f"/recipients/{pk}", {"email": "r1@example.com"})
    assert taken.status_code == 422
    assert send(client, "DELETE", f"/recipients/{pk}").status_code == 204
    assert get(client, f"/recipients/{pk}").status_code == 404


def test_messages_are_written_read_changed_and_deleted() -> None:
    client = logged_in(owner())
    response = post(client, "/messages", {"subject": "Hi {{ full_name|you }}", "body": "News"})
    assert response.status_code == 201
    pk = response.json()["id"]
    assert send(client, "PATCH", f"/messages/{pk}", {"body": "More"}).json()["body"] == "More"
    assert [item["id"] for item in get(client, "/messages").json()["items"]] == [pk]
    assert send(client, "DELETE", f"/messages/{pk}").status_code == 204
    assert (
        post(client, "/messages", {"subject": "Hi {{ nick }}", "body": "x"}).json()["errors"][0]["field"] == "subject"
    )
    assert post(client, "/messages", {"subject": " ", "body": "x"}).status_code == 422


def test_a_used_message_stays() -> None:
    mailing = MailingFactory(owner=owner())
    assert send(logged_in(mailing.owner), "DELETE", f"/messages/{mailing.message_id}").status_code == 409


def test_a_post_schedules_a_mailing_to_all_or_to_some() -> None:
    user = owner(time_zone="Asia/Tokyo")
    message, ann = MessageFactory(owner=user), RecipientFactory(owner=user)
    client = logged_in(user)
    body = {"message": message.pk, "recipients": "all", "start": tomorrow(), "end": None, "periodicity": "weekly"}
    response = post(client, "/mailings", body)
    assert (response.status_code, response.json()["status"]) == (201, "created")
    some = post(client, "/mailings", {**body, "recipients": [ann.pk], "start": "2030-01-01T09:00:00"}).json()
    mailing = Mailing.objects.get(pk=some["id"])
    assert list(mailing.recipients.all()) == [ann]
    assert mailing.start.isoformat() == "2030-01-01T00:00:00+00:00"
    assert post(client, "/mailings", {"message": message.pk, "recipients": "all"}).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"recipients": []},
        {"recipients": "some"},
        {"recipients": [10**30]},
        {"recipients": [-1]},
        {"recipients": [2**62]},
        {"periodicity": "hourly"},
        {"start": "soon"},
        {"end": "2020-01-01T00:00:00Z"},
        {"time_zone": "Mars/Base"},
        {"message": "x"},
    ],
)
def test_a_wrong_mailing_is_refused(wrong: dict[str, Any]) -> None:
    user = owner()
    body = {"message": MessageFactory(owner=user).pk, "recipients": "all", "start": tomorrow(), **wrong}
    assert post(logged_in(user), "/mailings", body).status_code == 422
    assert not Mailing.objects.exists()


def test_anothers_message_and_recipients_cannot_be_used() -> None:
    user = owner()
    body = {"message": MessageFactory().pk, "recipients": "all", "start": tomorrow()}
    assert post(logged_in(user), "/mailings", body).status_code == 404
    own = {**body, "message": MessageFactory(owner=user).pk, "recipients": [RecipientFactory().pk]}
    assert post(logged_in(user), "/mailings", own).status_code == 422


def test_the_same_idempotency_key_launches_once() -> None:
    user = owner()
    body = {"message": MessageFactory(owner=user).pk, "recipients": "all", "start": tomorrow()}
    client = logged_in(user)
    answers = [post(client, "/mailings", body, **{"Idempotency-Key": "k1"}).json() for _call in range(2)]
    assert answers[0] == answers[1]
    assert Mailing.objects.count() == 1


def test_a_mailing_is_paused_changed_resumed_cancelled() -> None:
    mailing = MailingFactory(owner=owner(), start=timezone.now() + timedelta(days=1))
    client = logged_in(mailing.owner)
    for action, status in (("pause", "paused"), ("pause", "paused"), ("resume", "created"), ("cancel", "cancelled")):
        response = post(client, f"/mailings/{mailing.pk}/{action}")
        assert (response.status_code, response.json()["status"]) == (200, status)
        if action == "pause":
            changed = send(client, "PATCH", f"/mailings/{mailing.pk}", {"periodicity": "daily"})
            assert (changed.status_code, changed.json()["periodicity"]) == (200, "daily")
    for action in ("resume", "pause"):
        assert post(client, f"/mailings/{mailing.pk}/{action}").status_code == 409
    assert send(client, "PATCH", f"/mailings/{mailing.pk}", {"periodicity": "once"}).status_code == 409


def test_only_an_unsent_mailing_is_deleted() -> None:
    user = owner()
    run = RunFactory(mailing__owner=user)
    waiting = MailingFactory(owner=user)
    assert send(logged_in(user), "DELETE", f"/mailings/{run.mailing_id}").status_code == 409
    assert send(logged_in(user), "DELETE", f"/mailings/{waiting.pk}").status_code == 204


def test_a_test_goes_to_the_caller() -> None:
    mailing = MailingFactory(owner=owner())
    response = post(logged_in(mailing.owner), f"/mailings/{mailing.pk}/test")
    assert response.json() == {"to": mailing.owner.email, "sent": True}
    assert OutgoingMail.objects.get().to == mailing.owner.email


def test_the_report_and_the_deliveries_have_the_agreed_shape(django_assert_max_num_queries: Any) -> None:
    run = RunFactory(mailing__owner=owner(), total=3, sent=2, failed=1)
    for number in range(3):
        delivery = DeliveryFactory(run=run, status="sent" if number < 2 else "failed")
        Attempt.objects.create(delivery=delivery, at=timezone.now(), status="sent", code=250, response="250 2.0.0 Ok")
    client = logged_in(run.mailing.owner)
    report = get(client, f"/mailings/{run.mailing_id}/report").json()
    wanted = {"status": "running", "runs": 1, "queued": 0, "sent": 2, "failed": 1, "in_doubt": 0}
    assert {name: report[name] for name in wanted} == wanted
    with django_assert_max_num_queries(12):
        page = get(client, f"/deliveries?mailing={run.mailing_id}&page_size=2").json()
    assert len(page["items"]) == 2
    assert {"email", "status", "attempts"} <= set(page["items"][0])
    assert {"at", "status", "response"} <= set(page["items"][0]["attempts"][0])
    rest = get(client, f"/deliveries?mailing={run.mailing_id}&page_size=2&cursor={page['next_cursor']}").json()
    assert (len(rest["items"]), rest["next_cursor"]) == (1, None)
    assert len(get(client, f"/deliveries?mailing={run.mailing_id}&status=failed").json()["items"]) == 1
    assert get(client, "/deliveries").status_code == 422


def every_call(mailing: Mailing, recipient: Recipient) -> list[tuple[str, str, Any]]:
    mine = f"/mailings/{mailing.pk}"
    return [
        ("GET", f"/recipients/{recipient.pk}", None),
        ("PATCH", f"/recipients/{recipient.pk}", {"comment": "x"}),
        ("DELETE", f"/recipients/{recipient.pk}", None),
        ("GET", f"/messages/{mailing.message_id}", None),
        ("PATCH", f"/messages/{mailing.message_id}", {"body": "x"}),
        ("DELETE", f"/messages/{mailing.message_id}", None),
        ("GET", mine, None),
        ("PATCH", mine, {"periodicity": "daily"}),
        ("DELETE", mine, None),
        ("GET", f"{mine}/report", None),
        *(("POST", f"{mine}/{action}", None) for action in ("pause", "resume", "cancel", "test")),
        ("GET", f"/deliveries?mailing={mailing.pk}", None),
    ]


def test_anothers_objects_are_404() -> None:
    mailing = MailingFactory(owner=owner())
    recipient = RecipientFactory(owner=mailing.owner)
    client = logged_in(owner())
    for method, path, body in every_call(mailing, recipient):
        assert send(client, method, path, body).status_code == 404, (method, path)
    for name in ("recipients", "messages", "mailings"):
        assert get(client, f"/{name}").json()["items"] == []


def test_without_the_role_everything_is_403_and_without_log_in_401() -> None:
    mailing = MailingFactory(owner=owner())
    recipient = RecipientFactory(owner=mailing.owner)
    lists: list[tuple[str, str, Any]] = [("GET", f"/{name}", None) for name in ("recipients", "messages", "mailings")]
    makes: list[tuple[str, str, Any]] = [
        ("POST", "/recipients", {"email": "a@b.co"}),
        ("POST", "/messages", {"subject": "x", "body": "x"}),
        ("POST", "/mailings", {"message": 1, "recipients": "all"}),
    ]
    shopper, guest = logged_in(person()), Client()
    for method, path, body in [*every_call(mailing, recipient), *lists, *makes]:
        assert send(shopper, method, path, body).status_code == 403, (method, path)
        assert send(guest, method, path, body).status_code == 401, (method, path)


def test_managers_look_at_everything_and_change_nothing() -> None:
    mailing = MailingFactory(owner=owner())
    recipient = RecipientFactory(owner=mailing.owner)
    client = logged_in(manager())
    for method, path, body in every_call(mailing, recipient):
        wanted = 200 if method == "GET" else 403
        assert send(client, method, path, body).status_code == wanted, (method, path)
    assert post(client, "/recipients", {"email": "a@b.co"}).status_code == 403
    assert [item["id"] for item in get(client, "/mailings").json()["items"]] == [mailing.pk]


def test_a_manager_disables_with_a_reason_and_the_owner_is_told_once() -> None:
    mailing = MailingFactory(owner=owner(language="ru"))
    client = logged_in(manager())
    for _call in range(2):
        response = post(client, f"/mailings/{mailing.pk}/disable", {"reason": "Жалобы"})
        assert (response.status_code, response.json()["disabled"]) == (200, True)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind) == (mailing.owner.email, "mailing_disabled")
    assert "Жалобы" in mail.text
    assert "Жалобы" in mail.html
    assert post(client, f"/mailings/{mailing.pk}/enable").json()["disabled"] is False
    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": " \0 "}])
def test_disabling_needs_a_reason(body: dict[str, str]) -> None:
    mailing = MailingFactory(owner=owner())
    assert post(logged_in(superuser()), f"/mailings/{mailing.pk}/disable", body).status_code == 422


def test_owners_disable_nothing() -> None:
    mailing = MailingFactory(owner=owner())
    for user in (mailing.owner, owner(), person()):
        for action in ("disable", "enable"):
            assert post(logged_in(user), f"/mailings/{mailing.pk}/{action}", {"reason": "x"}).status_code == 403
    mailing.refresh_from_db()
    assert not mailing.is_disabled


def test_a_blocked_owner_is_nobody() -> None:
    user = owner()
    client = logged_in(user)
    type(user).objects.filter(pk=user.pk).update(blocked_at=timezone.now())
    assert get(client, "/recipients").status_code == 401


def test_a_retry_needs_no_body() -> None:
    run = RunFactory(mailing__owner=owner(), status="completed", failed=1, total=1)
    client, path = logged_in(run.mailing.owner), f"/api/v1/mailings/{run.mailing_id}/retry"
    assert client.generic("POST", path).status_code == 409
    DeliveryFactory(run=run, status="failed", last_code=451, last_response="451 later")
    assert client.generic("POST", path).json() == {"run": run.pk, "queued": 1}
