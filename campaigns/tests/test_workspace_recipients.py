"""The pages of an owner's list."""

import pytest

from campaigns.models import Recipient
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


def test_the_list_is_searched_filtered_and_paged() -> None:
    user = owner()
    for number in range(60):
        RecipientFactory(owner=user, email=f"reader{number}@example.org", full_name=f"Reader {number}")
    RecipientFactory(owner=user, email="gone@example.org", state="unsubscribed")
    client = logged_in(user)
    assert len(client.get(url("recipient_list")).context["page"].object_list) == 25
    assert len(client.get(url("recipient_list"), {"page": "3"}).context["page"].object_list) == 11
    assert client.get(url("recipient_list"), {"q": "Reader 41"}).context["page"].paginator.count == 1
    assert client.get(url("recipient_list"), {"state": "unsubscribed"}).context["page"].paginator.count == 1
    for odd in ({"page": "x"}, {"page": "99999999999999999999"}, {"state": "nonsense"}, {"q": "\0'\"%_\\"}):
        assert client.get(url("recipient_list"), odd).status_code == 200


def test_the_export_takes_the_search_along_and_neutralises_formulas() -> None:
    user = owner()
    RecipientFactory(owner=user, email="ann@example.com", full_name="=HYPERLINK(1)")
    RecipientFactory(owner=user, email="bo@example.com")
    text = b"".join(logged_in(user).get(url("recipient_export"), {"q": "ann"})).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "bo@example.com" not in text


def test_a_pasted_list_is_imported_and_its_refused_rows_come_back() -> None:
    user = owner()
    response = logged_in(user).post(
        url("recipient_import"), {"text": "ann@example.com,Ann\nnonsense\n", "consent_basis": "opt-in"}
    )
    page = response.content.decode()
    assert user.recipients.count() == 1
    assert "1 recipient added" in page
    assert "nonsense" in page


def test_an_import_without_list_or_consent_is_refused() -> None:
    response = logged_in(owner()).post(url("recipient_import"), {"text": " "})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"text", "consent_basis"}
