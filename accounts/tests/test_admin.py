from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from wagtail.models import Page

from accounts.models import User
from accounts.tests.factories import PASSWORD, SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db


def admin_client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_list_is_searched_filtered_and_costs_the_same_for_many(django_assert_max_num_queries: Any) -> None:
    client = admin_client(SuperuserFactory())
    UserFactory(email="findme@example.com", groups=["Managers"])
    for _ in range(15):
        UserFactory(groups=["Campaign owners"])
    with django_assert_max_num_queries(30):
        page = client.get("/admin/users/").content.decode()
    assert "findme@example.com" in page and "Managers" in page
    assert "findme@example.com" in client.get("/admin/users/results/?q=findme").content.decode()
    assert "findme@example.com" not in client.get("/admin/users/results/?blocked=true").content.decode()


def test_a_manager_sees_and_blocks_but_edits_nothing() -> None:
    user = UserFactory()
    client = admin_client(UserFactory(groups=["Managers"]))
    page = client.get("/admin/users/").content.decode()
    assert user.email in page and f"/admin/users/edit/{user.pk}/" not in page
    assert f"/admin/users/block/{user.pk}/" in page
    for address in (f"edit/{user.pk}/", f"delete/{user.pk}/", "new/"):
        assert client.get(f"/admin/users/{address}").status_code == 302
    assert client.get(f"/admin/users/inspect/{user.pk}/").status_code == 200
    client.post(f"/admin/users/edit/{user.pk}/", {"email": "x@example.com", "is_superuser": "on"})
    user.refresh_from_db()
    assert not user.is_superuser


def test_blocking_asks_for_a_reason() -> None:
    user = UserFactory()
    client = admin_client(UserFactory(groups=["Managers"]))
    address = f"/admin/users/block/{user.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 200
    assert not User.objects.get(pk=user.pk).is_blocked
    page = client.post(address, {"reason": "fraud"}, follow=True)
    assert f"{user.email} is blocked" in page.content.decode()
    assert User.objects.get(pk=user.pk).blocked_reason == "fraud"
    client.post(f"/admin/users/unblock/{user.pk}/", {"reason": ""})
    assert not User.objects.get(pk=user.pk).is_blocked


def test_a_manager_has_no_way_to_block_a_superuser_or_themselves() -> None:
    manager, admin = UserFactory(groups=["Managers"]), SuperuserFactory()
    client = admin_client(manager)
    for person in (manager, admin):
        client.post(f"/admin/users/block/{person.pk}/", {"reason": "x"})
        person.refresh_from_db()
        assert not person.is_blocked


def test_a_superuser_adds_somebody_who_can_log_in_at_once() -> None:
    client = admin_client(SuperuserFactory())
    data = {"email": "Editor@Example.com", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/admin/users/new/", data)
    user = User.objects.get(email="editor@example.com")
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()
    again = client.post("/admin/users/new/", data | {"email": "EDITOR@example.com"})
    assert "already in use" in again.content.decode()


def test_a_new_address_typed_by_a_superuser_is_the_log_in() -> None:
    user = UserFactory()
    client = admin_client(SuperuserFactory())
    client.post(f"/admin/users/edit/{user.pk}/", {"email": "new@example.com", "is_active": "on"})
    user.refresh_from_db()
    assert user.email == "new@example.com"
    assert list(EmailAddress.objects.filter(user=user, primary=True).values_list("email", flat=True)) == [user.email]


def test_people_who_own_things_are_not_deleted() -> None:
    owner, free = UserFactory(), UserFactory()
    Page.objects.filter(depth=2).update(owner=owner)
    client = admin_client(SuperuserFactory())
    page = client.post(f"/admin/users/delete/{owner.pk}/", follow=True).content.decode()
    assert "cannot be deleted" in page
    client.post(f"/admin/users/delete/{free.pk}/")
    assert User.objects.filter(pk=owner.pk).exists() and not User.objects.filter(pk=free.pk).exists()


def test_bulk_deletion_obeys_the_same_rule() -> None:
    owner, free = UserFactory(), UserFactory()
    Page.objects.filter(depth=2).update(owner=owner)
    client = admin_client(SuperuserFactory())
    client.post(f"/admin/bulk/accounts/user/delete/?id={owner.pk}&id={free.pk}")
    assert User.objects.filter(pk=owner.pk).exists() and not User.objects.filter(pk=free.pk).exists()


def test_the_menu_shows_people_only_to_those_who_may_see_them() -> None:
    assert "/admin/users/" in admin_client(UserFactory(groups=["Managers"])).get("/admin/").content.decode()
    assert "/admin/users/" not in admin_client(UserFactory(groups=["Shop managers"])).get("/admin/").content.decode()
