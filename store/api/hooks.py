"""Outgoing webhooks, for those who keep the shop."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from api.auth import user
from api.paging import PageQuery, page
from store.hooks import endpoints, sending
from store.models import HookDelivery, HookEndpoint

router = Router(tags=["webhooks"], auth=user)


class HookIn(Schema):
    url: str
    events: list[str]
    description: str = ""
    active: bool = True


class HookOut(Schema):
    id: int
    url: str
    events: list[str]
    description: str
    active: bool
    disabled_reason: str


class HookWithSecret(HookOut):
    """`secret` is told once, when the webhook is made or its secret renewed."""

    secret: str


class HookList(Schema):
    items: list[HookOut]
    next_cursor: str | None


class AttemptOut(Schema):
    at: str
    status: int | None
    error: str
    milliseconds: int


class DeliveryOut(Schema):
    id: int
    webhook: int
    event_id: str
    event: str
    status: str
    tries: int
    attempts: list[AttemptOut]


class DeliveryList(Schema):
    items: list[DeliveryOut]
    next_cursor: str | None


@router.get("/webhooks", response=HookList)
def list_hooks(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    require(request, "view")
    found, following = page(HookEndpoint.objects.all(), order=("pk",), cursor=query.cursor, size=query.page_size)
    return {"items": [shown(row) for row in found], "next_cursor": following}


@router.post("/webhooks", response={201: HookWithSecret})
def create_hook(request: HttpRequest, payload: HookIn) -> tuple[int, dict[str, Any]]:
    """422 `bad_endpoint` for an address that is not sent to, or an unknown event."""
    require(request, "add")
    made = endpoints.create(url=payload.url, events=payload.events, description=payload.description)
    if not payload.active:
        endpoints.change(endpoint=made, **payload.dict())
    return 201, shown(made) | {"secret": made.secret}


@router.put("/webhooks/{int:pk}", response=HookOut)
def change_hook(request: HttpRequest, pk: int, payload: HookIn) -> dict[str, Any]:
    require(request, "change")
    return shown(endpoints.change(endpoint=get_object_or_404(HookEndpoint, pk=pk), **payload.dict()))


@router.delete("/webhooks/{int:pk}", response={204: None})
def delete_hook(request: HttpRequest, pk: int) -> tuple[int, None]:
    require(request, "delete")
    get_object_or_404(HookEndpoint, pk=pk).delete()
    return 204, None


@router.post("/webhooks/{int:pk}/secret", response=HookWithSecret)
def renew_secret(request: HttpRequest, pk: int) -> dict[str, Any]:
    require(request, "change")
    found = get_object_or_404(HookEndpoint, pk=pk)
    return shown(found) | {"secret": endpoints.renew_secret(endpoint=found)}


@router.post("/webhooks/{int:pk}/test", response={202: DeliveryOut})
def test_hook(request: HttpRequest, pk: int) -> tuple[int, dict[str, Any]]:
    require(request, "change")
    return 202, delivery_shown(sending.send_test(endpoint=get_object_or_404(HookEndpoint, pk=pk)))


@router.get("/webhooks/{int:pk}/deliveries", response=DeliveryList)
def list_deliveries(request: HttpRequest, pk: int, query: Query[PageQuery]) -> dict[str, Any]:
    require(request, "view")
    rows = get_object_or_404(HookEndpoint, pk=pk).deliveries.prefetch_related("attempts")
    found, following = page(rows, order=("-pk",), cursor=query.cursor, size=query.page_size)
    return {"items": [delivery_shown(row) for row in found], "next_cursor": following}


@router.post("/webhooks/deliveries/{int:pk}/send", response={202: DeliveryOut})
def send_again(request: HttpRequest, pk: int) -> tuple[int, dict[str, Any]]:
    require(request, "change")
    delivery = get_object_or_404(HookDelivery, pk=pk)
    sending.send_again(delivery=delivery)
    delivery.refresh_from_db()
    return 202, delivery_shown(delivery)


def require(request: HttpRequest, verb: str) -> None:
    if not request.user.has_perm(f"store.{verb}_hookendpoint"):
        raise PermissionDenied(_("Only shop managers see and change webhooks."))


def shown(endpoint: HookEndpoint) -> dict[str, Any]:
    return {
        "id": endpoint.pk,
        "url": endpoint.url,
        "events": endpoint.events,
        "description": endpoint.description,
        "active": endpoint.active,
        "disabled_reason": endpoint.disabled_reason,
    }


def delivery_shown(delivery: HookDelivery) -> dict[str, Any]:
    return {
        "id": delivery.pk,
        "webhook": delivery.endpoint_id,
        "event_id": delivery.event_id,
        "event": delivery.event,
        "status": delivery.status,
        "tries": delivery.tries,
        "attempts": [
            {
                "at": attempt.at.isoformat(),
                "status": attempt.status_code,
                "error": attempt.error,
                "milliseconds": attempt.milliseconds,
            }
            for attempt in delivery.attempts.all()
        ],
    }
