"""People in their roles, as the tests of the workspace, the admin and the API need them."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Site

from accounts.models import User
from campaigns.tests.factories import OwnerFactory
from company.models import Company


def person(*groups: str, **fields: Any) -> User:
    """A user in these groups, whose e-mail is confirmed."""
    user = OwnerFactory(**fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def owner(**fields: Any) -> User:
    return person("Campaign owners", **fields)


def staff_owner(**fields: Any) -> User:
    """A campaign owner who works in the admin as well."""
    return person("Campaign owners", "Content managers", is_staff=True, **fields)


def manager(**fields: Any) -> User:
    return person("Managers", is_staff=True, **fields)


def superuser(**fields: Any) -> User:
    return person(is_staff=True, is_superuser=True, **fields)


def logged_in(user: User, *, enforce_csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=enforce_csrf)
    client.force_login(user)
    return client


def shop_owner(**fields: Any) -> User:
    """The owner of the shop's own list."""
    user = owner(**fields)
    Company.objects.update_or_create(site=Site.objects.get(is_default_site=True), defaults={"system_owner": user})
    return user
