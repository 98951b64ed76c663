"""The pages of an owner's list."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns import keyset, tags
from campaigns.models import Recipient, Tag
from campaigns.tests.factories import RecipientFactory
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner

pytestmark = pytest.mark.django_db


def test_a_recipient_is_made_changed_and_deleted() -> None:
    user = owner()
    client = logged_in(user)
    typed = {"email": "ann@example.com", "full_name": "Ann", "comment": "", "consent_basis": "opt-in"}
    assert client.post(url("recipient_create"), typed).status_code == 302
    recipient = user.recipients.get()
    assert recipient.state == Recipient.State.ACTIVE
    client.post(url("recipient_edit", recipient.pk), {**typed, "full_name": "Ann Lee", "consent_basis": "none"})
    recipient.refresh_from_db()
    assert (recipient.full_name, recipient.state) == ("Ann Lee", Recipient.State.UNCONFIRMED)
    client.post(url("recipient_delete", recipient.pk))
    assert not user.recipients.exists()


def test_a_refused_form_keeps_what_was_typed_and_sums_up() -> None:
    user = owner()
    RecipientFactory(owner=user, email="ann@example.com")
    typed = {"email": "ann@example.com", "full_name": "Ann <b>Lee</b>", "comment": "hello", "consent_basis": "opt-in"}
    response = logged_in(user).post(url("recipient_create"), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "already in your list" in page
    assert "Ann &lt;b&gt;Lee&lt;/b&gt;" in page
    assert "error-summary" in page


def test_an_edit_cannot_take_an_address_that_is_in_the_list() -> None:
    user = owner()
    RecipientFactory(owner=user, email="ann@example.com")
    bo = RecipientFactory(owner=user, email="bo@example.com")
    typed = {"email": "ANN@example.com", "full_name": "", "comment": "", "consent_basis": "opt-in"}
    assert logged_in(user).post(url("recipient_edit", bo.pk), typed).status_code == 422
    bo.refresh_from_db()
    assert bo.email == "bo@example.com"


def test_who_has_unsubscribed_stays_so_whatever_is_typed() -> None:
    gone = RecipientFactory(owner=owner(), state="unsubscribed")
    typed = {"email": gone.email, "full_name": "X", "comment": "", "consent_basis": "customer"}
    logged_in(gone.owner).post(url("recipient_edit", gone.pk), typed)
    gone.refresh_from_db()
    assert (gone.full_name, gone.state) == ("X", Recipient.State.UNSUBSCRIBED)


def test_the_list_is_searched_filtered_and_read_page_by_page() -> None:
    user = owner()
    Recipient.objects.bulk_create(
        Recipient(owner=user, email=f"reader{number}@example.org", full_name=f"Reader {number}") for number in range(60)
    )
    RecipientFactory(owner=user, email="gone@example.org", state="unsubscribed")
    client = logged_in(user)
    first = client.get(url("recipient_list"))
    second = follow(client, first, "next")
    third = follow(client, second, "next")
    assert [len(page.context["page"].rows) for page in (first, second, third)] == [25, 25, 11]
    assert follow(client, third, "prev").context["page"].rows == second.context["page"].rows
    assert follow(client, second, "prev").context["page"].rows == first.context["page"].rows
    assert first.context["count"].number == 61
    assert client.get(url("recipient_list"), {"q": "Reader 41"}).context["count"].number == 1
    assert client.get(url("recipient_list"), {"state": "unsubscribed"}).context["count"].number == 1
    for odd in ({"after": "x"}, {"before": "9" * 30}, {"after": "0"}, {"state": "nonsense"}, {"q": "\0'\"%_\\"}):
        assert client.get(url("recipient_list"), odd).status_code == 200


def follow(client: Client, page: Any, rel: str) -> Any:
    """The page behind the link that is marked so."""
    link = re.search(rf'rel="{rel}" href="([^"]+)"', page.content.decode())
    assert link, f"no {rel} page"
    return client.get(url("recipient_list") + unescape(link[1]))


def test_the_pages_keep_the_filters_and_cost_the_same_at_any_depth() -> None:
    user = owner()
    people = [Recipient(owner=user, email=f"reader{number}@example.org") for number in range(60)]
    Recipient.objects.bulk_create(people)
    tag = Tag.objects.create(owner=user, name="half")
    tags.put_on(tag, [person.pk for person in people[::2]])
    client = logged_in(user)
    first = client.get(url("recipient_list"), {"tag": tag.pk, "q": "reader"})
    second = follow(client, first, "next")
    assert len(second.context["page"].rows) == 5
    assert second.context["count"].number == 30
    with CaptureQueriesContext(connection) as seen:
        client.get(url("recipient_list"))
    with CaptureQueriesContext(connection) as deep:
        client.get(url("recipient_list"), {"after": people[30].pk})
    assert len(deep) == len(seen)
    assert not any("OFFSET" in query["sql"] for query in deep)


def test_a_long_list_is_counted_only_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyset, "MOST_COUNTED", 2)
    user = owner()
    RecipientFactory.create_batch(3, owner=user)
    page = logged_in(user).get(url("recipient_list")).content.decode()
    assert "More than 2 recipients" in page
    assert "with all that match" in page


def test_a_whole_address_finds_that_person_alone() -> None:
    user = owner()
    for email in ("ann@example.org", "joann@example.org"):
        RecipientFactory(owner=user, email=email)
    client = logged_in(user)
    for words, number in (("Ann@example.org", 1), ("nn@example", 2)):
        assert client.get(url("recipient_list"), {"q": words}).context["count"].number == number


def test_the_export_takes_the_search_along_and_neutralises_formulas() -> None:
    user = owner()
    RecipientFactory(owner=user, email="ann@example.com", full_name="=HYPERLINK(1)")
    RecipientFactory(owner=user, email="bo@example.com")
    text = b"".join(logged_in(user).get(url("recipient_export"), {"q": "ann"})).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "bo@example.com" not in text
