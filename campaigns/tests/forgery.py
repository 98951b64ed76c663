"""An owner with one of everything that others try to reach, and every address where it could be reached."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from campaigns import block_editing, urls
from campaigns.list_import import job
from campaigns.models import (
    AbuseReport,
    Attempt,
    DeliveryEvent,
    Enrolment,
    Mailing,
    Message,
    OptInForm,
    RecipientField,
    Segment,
    SenderAddress,
    Suppression,
    Tag,
    Topic,
)
from campaigns.tests.factories import DeliveryFactory, MessageFactory
from campaigns.tests.series import series
from campaigns.tests.worlds import owner
from jobs.models import Work

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# Rows that a bare look may write: they say how the site is, not what an owner has.
BY_LOOKING = {"campaigns.Bucket", "campaigns.Transport"}


class World:
    """`rows` by the word that names them in addresses, in the API and in the admin."""

    def __init__(self) -> None:
        self.owner = owner()
        delivery = DeliveryFactory(run__mailing__owner=self.owner)
        mailing = delivery.run.mailing
        # So that it can be edited.
        Mailing.objects.filter(pk=mailing.pk).update(status=Mailing.Status.PAUSED)
        message = MessageFactory(owner=self.owner, kind=Message.Kind.BLOCKS, body="")
        block_editing.add_block(message=message, kind="heading", value="Secret heading")
        automation = series(self.owner, "subscribed")
        verified = SenderAddress.objects.create(owner=self.owner, email="a@example.org", verified_at=timezone.now())
        enrolment = Enrolment.objects.create(
            automation=automation, recipient=delivery.recipient, occasion="x", due_at=timezone.now()
        )
        self.block = str(message.blocks.raw_data[0]["id"])
        form = OptInForm.objects.create(owner=self.owner, key="k" * 22, name="Secret form", consent_text="Yes")
        work = Work.objects.create(kind=job.KIND, title="Secret import", owner=self.owner)
        self.rows: dict[str, Any] = {
            "owner": self.owner,
            "mailing": mailing,
            "message": message,
            "recipient": delivery.recipient,
            "run": delivery.run,
            "delivery": delivery,
            "attempt": Attempt.objects.create(delivery=delivery, at=timezone.now(), status="sent"),
            "event": DeliveryEvent.objects.create(delivery=delivery, kind="bounced"),
            "report": AbuseReport.objects.create(mailing=mailing, delivery=delivery, reason="fraud"),
            "segment": Segment.objects.create(owner=self.owner, name="Secret segment"),
            "tag": Tag.objects.create(owner=self.owner, name="Secret tag"),
            "field": RecipientField.objects.create(owner=self.owner, key="secret", label="Secret", kind="text"),
            "topic": Topic.objects.create(owner=self.owner, name="Secret topic"),
            "form": form,
            "sender": verified,
            "automation": automation,
            "step": automation.steps.get(),
            "enrolment": enrolment,
            "import": work,
            "suppression": Suppression.objects.create(owner=self.owner, email_hash="0" * 64, reason="manual"),
        }

    def number(self, name: str) -> int:
        """Of what is not the owner's the mailing's number is as good as any."""
        return int(self.rows.get(name, self.rows["mailing"]).pk)


def snapshot() -> dict[str, list[Any]]:
    """Every row of the mailings' tables."""
    models = apps.get_app_config("campaigns").get_models(include_auto_created=True)
    kept = [model for model in models if model._meta.label not in BY_LOOKING]
    return {model._meta.label: sorted(model._base_manager.values_list(), key=repr) for model in kept}


def changed(before: dict[str, list[Any]]) -> list[str]:
    """The tables that look otherwise than before."""
    after = snapshot()
    return [label for label, rows in before.items() if after[label] != rows]


def patterns(entries: list[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and route of every address below."""
    for entry in entries:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield entry.name or "", route
        else:
            yield from patterns(entry.url_patterns, route)


def workspace_routes() -> list[tuple[str, str]]:
    """Of campaigns/urls*.py, whatever is in them."""
    found = [(name, route) for name, route in patterns(urls.urlpatterns) if route.startswith("campaigns/")]
    assert len(found) > 60
    return found


def operations() -> list[tuple[str, str]]:
    """Method and path of everything that the API document has under the tag of mailings."""
    found = []
    for path, methods in Client().get("/api/v1/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            if "mailings" in operation.get("tags", []):
                found.append((method.upper(), path.removeprefix("/api/v1")))
    assert len(found) > 60
    return found
