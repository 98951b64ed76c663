"""Planning a mailing: fill in, review, launch."""

import pytest

from campaigns.models import Mailing
from campaigns.tests.factories import MessageFactory, RecipientFactory
from campaigns.tests.workspace import plan, url
from campaigns.tests.worlds import logged_in, owner

pytestmark = pytest.mark.django_db


def test_a_mailing_is_reviewed_before_it_is_launched() -> None:
    user = owner(time_zone="Asia/Tokyo")
    message = MessageFactory(owner=user)
    RecipientFactory(owner=user)
    RecipientFactory(owner=user, state="unconfirmed", consent_basis="none")
    client = logged_in(user)
    typed = plan(message, start="2030-01-31T09:00", periodicity="monthly")
    review = client.post(url("mailing_create"), typed)
    assert not Mailing.objects.exists()
    assert (review.context["review"].goes_to, review.context["review"].left_out) == (1, {"Unconfirmed": 1})
    assert "Thu 28 February 2030, 09:00" in review.content.decode()
    back = client.post(url("mailing_create"), {**typed, "step": "edit"})
    assert 'value="2030-01-31T09:00"' in back.content.decode()
    client.post(url("mailing_create"), {**typed, "step": "launch", "key": review.context["key"]})
    mailing = Mailing.objects.get()
    assert mailing.start.isoformat() == "2030-01-31T00:00:00+00:00"
    assert (mailing.time_zone, mailing.all_recipients) == ("Asia/Tokyo", True)


@pytest.mark.parametrize("key", ["click", "\0", "k\0" * 100])
def test_a_double_click_launches_one_mailing(key: str) -> None:
    user = owner()
    client = logged_in(user)
    typed = plan(MessageFactory(owner=user), step="launch", key=key)
    places = {client.post(url("mailing_create"), typed).headers["Location"] for _click in range(2)}
    assert Mailing.objects.count() == len(places) == 1


def test_chosen_recipients_are_found_by_their_addresses() -> None:
    user = owner()
    ann, _bo = RecipientFactory(owner=user, email="Ann@example.com"), RecipientFactory(owner=user)
    other = RecipientFactory()
    client = logged_in(user)
    typed = plan(
        MessageFactory(owner=user), audience="chosen", addresses=f"ann@EXAMPLE.com; {ann.email}", step="launch"
    )
    client.post(url("mailing_create"), typed)
    assert list(Mailing.objects.get().recipients.all()) == [ann]
    refused = client.post(url("mailing_create"), {**typed, "addresses": other.email})
    assert other.email in str(refused.context["form"].errors["addresses"])
    assert "addresses" in client.post(url("mailing_create"), {**typed, "addresses": ""}).context["form"].errors


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"message": "0"}, "message"),
        ({"start": "soon"}, "start"),
        ({"end": "2020-01-01T00:00"}, "__all__"),
        ({"periodicity": "hourly"}, "periodicity"),
        ({"audience": "everybody"}, "audience"),
    ],
)
def test_a_wrong_plan_is_explained_and_stored_nowhere(wrong: dict[str, str], field: str) -> None:
    user = owner()
    typed = plan(MessageFactory(owner=user), step="launch", **wrong)
    response = logged_in(user).post(url("mailing_create"), typed)
    assert field in response.context["form"].errors
    assert not Mailing.objects.exists()


def test_anothers_message_cannot_be_sent() -> None:
    response = logged_in(owner()).post(url("mailing_create"), plan(MessageFactory(), step="launch"))
    assert "message" in response.context["form"].errors


def test_dates_of_a_half_filled_form_are_shown_as_they_come() -> None:
    client = logged_in(owner())
    page = client.get(url("mailing_dates"), {"start": "2030-03-01T10:00", "periodicity": "weekly"}).content.decode()
    assert "Fri 8 March 2030, 10:00" in page
    for odd in ({}, {"start": "x"}, {"start": "2030-03-01T10:00", "end": "2029-01-01T10:00"}, {"periodicity": "\0"}):
        assert client.get(url("mailing_dates"), odd).status_code == 200
