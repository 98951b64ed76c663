import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.tests.factories import PASSWORD, UserFactory
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_throttle_from_the_test_before() -> None:
    cache.clear()


def sign_up(client: Client, email: str = "New@Example.com", prefix: str = "") -> Any:
    return client.post(f"{prefix}/accounts/signup/", {"email": email, "password1": PASSWORD}, follow=True)


def log_in(client: Client, email: str, password: str = PASSWORD, **data: str) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password, **data}, follow=True)


def link_in(mail: OutgoingMail) -> str:
    found = re.search(r"http://\S+(/accounts/\S+)", mail.text)
    assert found and found.group(0) in mail.html
    return found.group(1)


def test_signing_up_confirming_and_logging_in(client: Client) -> None:
    page = sign_up(client)
    assert "Look into your mailbox" in page.content.decode()
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to, mail.subject) == (
        "email_confirmation_signup",
        "new@example.com",
        "Confirm your e-mail",
    )
    link = link_in(mail)
    other_browser = Client()
    assert "Confirm my e-mail" in mail.html
    assert "Yes, confirm" in other_browser.get(link).content.decode()
    other_browser.post(link)
    assert EmailAddress.objects.get().verified
    assert log_in(other_browser, "NEW@example.com").wsgi_request.user.is_authenticated


def test_a_confirmation_link_works_once_and_says_so_the_second_time(client: Client) -> None:
    sign_up(client)
    link = link_in(OutgoingMail.objects.get())
    client.post(link)
    page = Client().get(link).content.decode()
    assert "This link no longer works" in page and "just log in" in page


def test_an_expired_or_invented_confirmation_link_says_so(client: Client, settings: Any) -> None:
    sign_up(client)
    link = link_in(OutgoingMail.objects.get())
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = -1
    assert "This link no longer works" in client.get(link).content.decode()
    assert "This link no longer works" in client.get("/accounts/confirm-email/nonsense/").content.decode()


def test_signing_up_twice_looks_the_same_and_tells_the_owner_by_mail() -> None:
    user = UserFactory()
    page = sign_up(Client(), user.email.upper())
    assert "Look into your mailbox" in page.content.decode()
    assert User.objects.count() == 1
    assert OutgoingMail.objects.get().kind == "account_already_exists"


def test_a_sign_up_without_confirmation_cannot_log_in_and_gets_another_link(client: Client) -> None:
    sign_up(client)
    cache.clear()
    page = log_in(Client(), "new@example.com")
    assert "Look into your mailbox" in page.content.decode()
    assert OutgoingMail.objects.count() == 2


def test_russian_pages_write_russian_mails_and_remember_the_language(client: Client) -> None:
    sign_up(client, prefix="/ru")
    assert User.objects.get().language == "ru"
    assert "/ru/accounts/confirm-email/" in OutgoingMail.objects.get().text


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client: Client) -> None:
    user = UserFactory()
    page = client.post("/accounts/password/reset/", {"email": user.email}, follow=True)
    assert "Look into your mailbox" in page.content.decode()
    link = link_in(OutgoingMail.objects.get(kind="password_reset_key"))
    form = client.get(link, follow=True)
    new = "another-long-phrase"
    done = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)
    assert "Your new password is saved" in done.content.decode()
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()
    assert log_in(Client(), user.email, new).wsgi_request.user == user


def test_asking_for_a_password_does_not_tell_who_has_an_account(client: Client) -> None:
    known, unknown = (
        client.post("/accounts/password/reset/", {"email": email}, follow=True).content.decode()
        for email in (UserFactory().email, "nobody@example.com")
    )
    strip = re.compile(r'csrfmiddlewaretoken" value="\w+"')
    assert strip.sub("", known) == strip.sub("", unknown)
    assert OutgoingMail.objects.get(to="nobody@example.com").kind == "unknown_account"


def test_wrong_passwords_are_throttled_for_all_processes(client: Client) -> None:
    user = UserFactory()
    for _ in range(5):
        log_in(client, user.email, "wrong")
    page = log_in(Client(), user.email)
    assert "Too many failed login attempts" in page.content.decode()
    assert not page.wsgi_request.user.is_authenticated


def test_github_is_offered_only_when_it_is_set_up(client: Client, settings: Any) -> None:
    assert "GitHub" not in client.get("/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"github": {"APPS": [{"client_id": "id", "secret": "s", "key": ""}]}}
    assert "Go on with GitHub" in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("address", ["/accounts/github/login/", "/accounts/github/login/callback/?code=1"])
def test_githubs_addresses_are_absent_where_it_is_not_set_up(address: str, client: Client) -> None:
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/?next=/admin/", "/admin/users/"])
def test_the_admin_sends_strangers_to_the_sites_own_log_in(client: Client, address: str) -> None:
    response = client.get(address, follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/")


def test_somebody_without_a_role_is_told_so_instead_of_going_in_circles(client: Client) -> None:
    client.force_login(UserFactory())
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "No access to the administration" in response.content.decode()


def test_wagtails_own_password_pages_are_closed(client: Client) -> None:
    assert client.get("/admin/password_reset/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/sessions/",
        "/accounts/logout/",
        "/accounts/3rdparty/",
        "/account/",
    ],
)
@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_account_pages_open_in_our_frame(client: Client, address: str, prefix: str) -> None:
    log_in(client, UserFactory().email)
    response = client.get(prefix + address)
    assert response.status_code == 200
    assert "css/accounts.css" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/inactive/"],
)
def test_entrances_carry_no_inline_style_or_script(client: Client, address: str) -> None:
    body = client.get(address).content.decode()
    assert "style=" not in body
    assert not re.search(r"<script(?![^>]*(src|type=\"application/json\"))", body)


def test_changing_the_password_is_told_by_mail_in_our_frame(client: Client) -> None:
    user = UserFactory()
    log_in(client, user.email)
    new = "another-long-phrase"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    mail = OutgoingMail.objects.get(kind="password_changed")
    assert mail.to == user.email
    assert "<table" in mail.html and mail.text
