import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from accounts.profile import update_profile
from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PROFILE = {"first_name": "Ada", "last_name": "L", "phone": "", "time_zone": "UTC", "language": "en"}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_guest_is_sent_to_the_log_in(client: Client) -> None:
    assert client.get("/account/").headers["Location"].startswith("/accounts/login/")


def test_the_profile_is_saved_and_the_language_followed() -> None:
    user = UserFactory()
    data = PROFILE | {"phone": "+49 30 901820", "time_zone": "Europe/Moscow", "language": "ru"}
    response = client_of(user).post("/account/", data)
    assert response.headers["Location"] == "/ru/account/"
    user.refresh_from_db()
    assert (user.phone, user.time_zone, user.language) == ("+4930901820", "Europe/Moscow", "ru")


@pytest.mark.parametrize(
    "wrong", [{"phone": "030 90"}, {"time_zone": "Nowhere"}, {"language": "xx"}, {"first_name": "x" * 200}]
)
def test_mistakes_are_shown_at_their_field_and_nothing_is_stored(wrong: dict[str, str]) -> None:
    user = UserFactory(first_name="Before")
    response = client_of(user).post("/account/", PROFILE | wrong)
    assert response.status_code == 422
    assert f'id="id_{next(iter(wrong))}-error"' in response.content.decode()
    user.refresh_from_db()
    assert user.first_name == "Before"


def test_a_zone_kept_under_an_old_name_is_still_offered() -> None:
    user = UserFactory(time_zone="GMT")
    assert '<option value="GMT" selected>' in client_of(user).get("/account/").content.decode()


def test_two_accounts_cannot_share_an_address_in_another_case() -> None:
    UserFactory(email="ada@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="ADA@example.com")])


def test_a_superuser_from_the_command_line_needs_no_confirmation() -> None:
    admin = User.objects.create_superuser("Root@Example.com", "x")
    assert EmailAddress.objects.get(user=admin).verified


def test_the_administration_speaks_the_profiles_language(client: Client) -> None:
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    page = client.get("/admin/account/", headers={"accept-language": "en"})
    assert '<html lang="en"' in page.content.decode()
    update_profile(user=user, changes={"language": "ru"})
    page = client.get("/admin/account/", headers={"accept-language": "en"})
    assert '<html lang="ru"' in page.content.decode()
