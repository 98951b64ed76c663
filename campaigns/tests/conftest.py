"""Fixtures of the tests of mailings."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from campaigns.models import Attempt
from campaigns.tests.factories import DeliveryFactory, MailingFactory
from campaigns.tests.worlds import owner


@pytest.fixture(autouse=True)
def _english() -> Any:
    """A request in Russian leaves its language behind in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture
def world() -> dict[str, Any]:
    user = owner()
    delivery = DeliveryFactory(run__mailing__owner=user, recipient__owner=user)
    Attempt.objects.create(
        delivery=delivery, at=timezone.now(), status="deferred", code=450, response="450 4.2.0 later"
    )
    mailing = delivery.run.mailing
    waiting = MailingFactory(owner=user, message=mailing.message, start=timezone.now() + timedelta(days=1))
    return {"user": user, "delivery": delivery, "mailing": mailing, "message": mailing.message, "waiting": waiting}


@pytest.fixture
def private_files(settings: Any, tmp_path: Path) -> None:
    """Uploads and spools of this test alone."""
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
