"""Keyset paging visits every row once, in order."""

import base64
import contextlib
import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from api.paging import BadCursor, page

pytestmark = pytest.mark.django_db

User = get_user_model()


def visit(order: tuple[str, ...], size: int) -> list[str]:
    emails, cursor = [], ""
    while cursor is not None:
        rows, cursor = page(User.objects.all(), order=order, cursor=cursor, size=size)
        emails += [row.email for row in rows]
    return emails


@pytest.fixture(autouse=True)
def people() -> None:
    User.objects.bulk_create(User(email=f"p{i:02}@example.com", first_name=f"name {i % 3}") for i in range(23))


@pytest.mark.parametrize("order", [("email",), ("-email",), ("first_name", "-id"), ("-first_name", "id")])
@pytest.mark.parametrize("size", [1, 5, 23, 100])
def test_every_row_comes_once_and_in_order(order: tuple[str, ...], size: int) -> None:
    assert visit(order, size) == list(User.objects.order_by(*order).values_list("email", flat=True))


def test_rows_of_the_same_millisecond_are_not_skipped() -> None:
    moment = timezone.now().replace(microsecond=1000)
    for number, user in enumerate(User.objects.all()):
        User.objects.filter(pk=user.pk).update(date_joined=moment + timedelta(microseconds=number))
    assert visit(("-date_joined", "id"), 2) == list(
        User.objects.order_by("-date_joined").values_list("email", flat=True)
    )


def test_rows_that_come_in_between_shift_nothing() -> None:
    first, cursor = page(User.objects.all(), order=("email",), size=10)
    User.objects.create(email="a-newcomer@example.com")
    second, _ = page(User.objects.all(), order=("email",), cursor=cursor or "", size=10)
    assert [row.email for row in first + second] == [f"p{i:02}@example.com" for i in range(20)]


@pytest.mark.parametrize("cursor", ["x", "bm90IGpzb24", "W10", "W3siYSI6MX1d", "é", "W251bGxd" * 100])
def test_a_foreign_cursor_is_refused_with_a_sentence(cursor: str) -> None:
    with pytest.raises(BadCursor):
        page(User.objects.all(), order=("email",), cursor=cursor)


@pytest.mark.parametrize("value", ["x", "\0", "\ud800", None, True, 1e999, float("nan"), 2**63, -(2**70), 10**400])
@pytest.mark.parametrize("order", [("id",), ("-date_joined", "pk"), ("email",)])
def test_a_forged_cursor_never_reaches_the_database(order: tuple[str, ...], value: object) -> None:
    """Whatever it claims: a page, or a refusal with a sentence."""
    cursor = base64.urlsafe_b64encode(json.dumps([value] * len(order)).encode()).decode().rstrip("=")
    with contextlib.suppress(BadCursor):
        page(User.objects.all(), order=order, cursor=cursor)


@pytest.mark.parametrize(
    "moment", ["2026-01-01", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_a_cursor_names_a_moment_that_exists(moment: str) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps([moment, 1]).encode()).decode()
    with pytest.raises(BadCursor):
        page(User.objects.all(), order=("-date_joined", "id"), cursor=cursor)


def test_a_bottomless_cursor_is_refused() -> None:
    with pytest.raises(BadCursor):
        page(User.objects.all(), order=("id",), cursor=base64.urlsafe_b64encode(b"[" * 40_000).decode())
