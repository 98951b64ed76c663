"""One call, however often it is sent."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from api.idempotency import IdempotencyMiddleware
from api.models import IdempotentCall

pytestmark = pytest.mark.django_db

CART = "a" * 32
TOKEN = "t" * 32


class Counter:
    """An operation that counts how often it was carried out."""

    def __init__(self, status: int = 201) -> None:
        self.calls = 0
        self.status = status

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.calls += 1
        return JsonResponse({"call": self.calls}, status=self.status)


def send(
    operation: Callable[[HttpRequest], HttpResponse],
    *,
    key: str = "k1",
    body: object = None,
    cart: str = CART,
    query: str = "",
    **extra: str,
) -> HttpResponse:
    headers = {"X-Cart": cart, **({"Idempotency-Key": key} if key else {}), **extra}
    request = RequestFactory().post(
        f"/api/v1/things{query}", json.dumps(body), content_type="application/json", headers=headers
    )
    request.user = AnonymousUser()
    return IdempotencyMiddleware(operation)(request)


def test_a_repeated_key_gets_the_same_answer_and_nothing_is_done_again() -> None:
    operation = Counter()
    first, second = send(operation), send(operation)
    assert operation.calls == 1
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert second["Idempotent-Replayed"] == "true"


def test_the_same_key_with_another_body_is_refused() -> None:
    operation = Counter()
    send(operation, body={"a": 1})
    answer = send(operation, body={"a": 2})
    assert (answer.status_code, operation.calls) == (422, 1)
    assert json.loads(answer.content)["type"] == "idempotency_key_reused"


def test_the_same_key_of_another_caller_is_another_call() -> None:
    operation = Counter()
    send(operation)
    send(operation, cart="b" * 32)
    assert operation.calls == 2


def test_without_a_key_every_call_is_carried_out() -> None:
    operation = Counter()
    send(operation, key="")
    send(operation, key="")
    assert operation.calls == 2


@pytest.mark.parametrize("status", [500, 429, 401, 403])
def test_a_call_that_was_not_carried_out_may_be_tried_again(status: int) -> None:
    operation = Counter(status)
    send(operation)
    send(operation)
    assert operation.calls == 2


def test_while_the_first_call_runs_the_second_is_told_to_wait() -> None:
    answers = []

    def slow(request: HttpRequest) -> HttpResponse:
        answers.append(send(Counter()))
        return JsonResponse({}, status=201)

    send(slow)
    assert (answers[0].status_code, answers[0]["Retry-After"]) == (409, "1")


def test_a_call_whose_process_died_can_be_taken_over_after_a_minute() -> None:
    class Killed(BaseException):
        pass

    def killed(request: HttpRequest) -> HttpResponse:
        raise Killed

    with pytest.raises(Killed):
        send(killed)
    operation = Counter()
    assert send(operation).status_code == 409
    IdempotentCall.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert send(operation).status_code == 201


def test_a_key_that_is_too_long_gets_a_sentence() -> None:
    assert send(Counter(), key="k" * 300).status_code == 422


def test_a_body_over_the_limit_gets_413() -> None:
    answer = send(Counter(), body="x" * (1024 * 1024 + 1))
    assert answer.status_code == 413


@pytest.mark.parametrize("cart", ["", "null", "undefined"])
def test_two_guests_behind_one_address_never_read_each_others_answers(cart: str) -> None:
    operation = Counter()
    first, second = send(operation, cart=cart), send(operation, cart=cart)
    assert operation.calls == 2
    assert first.content != second.content


def test_an_orders_token_says_who_is_calling() -> None:
    operation = Counter()
    send(operation, cart="", query=f"?token={TOKEN}")
    assert send(operation, cart="", query=f"?token={TOKEN}")["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in send(operation, cart="", query="?token=" + "w" * 32)
    send(operation, cart="", key="k2", **{"X-Order-Token": TOKEN})
    assert send(operation, cart="", key="k2", **{"X-Order-Token": TOKEN})["Idempotent-Replayed"] == "true"


def test_another_query_string_is_another_request() -> None:
    send(Counter(), query="?token=right")
    assert send(Counter(), query="?token=wrong").status_code == 422


def test_a_guests_session_is_a_caller(client: Client) -> None:
    def post(browser: Client) -> HttpResponse:
        return browser.post(
            "/api/v1/cart/items", {"sku": "none"}, content_type="application/json", headers={"Idempotency-Key": "k"}
        )

    other = Client()
    for browser in (client, other):
        session = browser.session
        session["seen"] = 1
        session.save()
    assert "Idempotent-Replayed" not in post(client)
    assert post(client)["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in post(other)


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_an_answer_that_quotes_odd_characters_can_be_kept(text: str) -> None:
    def quoting(request: HttpRequest) -> HttpResponse:
        return JsonResponse({"detail": text}, status=422)

    assert send(quoting).content == send(quoting).content


def test_an_answer_that_is_no_json_can_be_kept() -> None:
    def plain(request: HttpRequest) -> HttpResponse:
        return HttpResponse("Method not allowed", status=405)

    assert send(plain).content == send(plain).content == b"Method not allowed"
