"""Telling somebody something on the web."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

from notifications.models import Notice


def notify(*, user: AbstractBaseUser, text: str, url: str = "") -> Notice:
    """Leave a notice; an open page of theirs shows it within a second."""
    limit = Notice._meta.get_field("text").max_length
    return Notice.objects.create(user=user, text=text[:limit], url=url)


def allowed_in(user_ids: set[int]) -> set[int]:
    """Those of the users who may still be here."""
    users = get_user_model()._default_manager.filter(pk__in=user_ids)
    return set(users.allowed_in().values_list("pk", flat=True))  # type: ignore[attr-defined]
