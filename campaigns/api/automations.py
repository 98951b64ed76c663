"""/automations: series of messages that follow what somebody did."""

from datetime import datetime
from typing import Any, Literal, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from accounts.models import User
from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import automations as verbs
from campaigns import oversight
from campaigns.api.access import campaign_owner, own, visible
from campaigns.api.conflicts import conflicts
from campaigns.automations.figures import figures_of
from campaigns.automations.recipes import create_from
from campaigns.models import Automation, Enrolment, Message, Recipient, Step

router = Router()


class AutomationIn(Schema):
    """Either a `recipe`, which brings steps and messages, or a `name` and a `trigger`."""

    recipe: Literal["cart", "order", "welcome"] | None = None
    name: str = ""
    trigger: str = ""


class AutomationChanges(Schema):
    name: str


class StepIn(Schema):
    """`condition`: a segment's `match` and `rules`, and `bought` “yes” or “no” (since the series began)."""

    message: int
    wait_minutes: int = 60
    condition: dict[str, Any] = {}


class Move(Schema):
    to: Literal["up", "down"]


class StepOut(Schema):
    id: int
    position: int
    wait_minutes: int
    message: int = Field(alias="message_id")
    condition: dict[str, Any]


class AutomationOut(Schema):
    """`paused_for`: “bounces” or “complaints” and the percentage, when it has switched itself off."""

    id: int
    name: str
    trigger: str
    is_on: bool
    disabled_at: datetime | None
    disabled_reason: str
    paused_for: str
    created_at: datetime


class Detail(AutomationOut):
    """`problems`: what has to be mended before it can be switched on."""

    steps: list[StepOut]
    on_the_way: int
    through: int
    sent: int
    problems: list[str]

    @staticmethod
    def resolve_steps(automation: Automation) -> list[Step]:
        return list(automation.steps.all())

    @staticmethod
    def resolve_problems(automation: Automation) -> list[str]:
        return verbs.problems(automation)


class AutomationList(Schema):
    items: list[AutomationOut]
    next_cursor: str | None


class PersonIn(Schema):
    recipient: int


class EnrolmentOut(Schema):
    id: int
    recipient: int = Field(alias="recipient_id")
    occasion: str
    position: int
    due_at: datetime
    ended_at: datetime | None
    end: str
    created_at: datetime


class EnrolmentList(Schema):
    items: list[EnrolmentOut]
    next_cursor: str | None


class Reason(Schema):
    reason: str


def mine(request: HttpRequest, automation_id: int) -> Automation:
    return get_object_or_404(own(request, Automation).select_related("owner"), pk=automation_id)


def detail(automation: Automation) -> Automation:
    figures = figures_of([automation])[automation.pk]
    for name in ("on_the_way", "through", "sent"):
        setattr(automation, name, getattr(figures, name))
    return automation


@router.get("/automations", response=AutomationList, auth=logged_in)
def list_automations(request: HttpRequest, query: Query[PageQuery]) -> Any:
    rows = visible(request, Automation)
    items, cursor = page(rows, order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post("/automations", response={201: Detail}, auth=logged_in, by_alias=False)
def create_automation(request: HttpRequest, payload: AutomationIn) -> Any:
    """It is off at first; read it, then switch it on."""
    owner = campaign_owner(request)
    if payload.recipe:
        return 201, detail(create_from(owner=owner, recipe=payload.recipe))
    return 201, detail(verbs.create_automation(owner=owner, name=payload.name, trigger=payload.trigger))


@router.get("/automations/{int:automation_id}", response=Detail, auth=logged_in, by_alias=False)
def get_automation(request: HttpRequest, automation_id: int) -> Any:
    return detail(get_object_or_404(visible(request, Automation).select_related("owner"), pk=automation_id))


@router.patch("/automations/{int:automation_id}", response=Detail, auth=logged_in, by_alias=False)
def rename_automation(request: HttpRequest, automation_id: int, payload: AutomationChanges) -> Any:
    return detail(verbs.rename(automation=mine(request, automation_id), name=payload.name))


@router.delete("/automations/{int:automation_id}", response={204: None}, auth=logged_in)
def delete_automation(request: HttpRequest, automation_id: int) -> Any:
    """While it is off; 409 otherwise."""
    automation = mine(request, automation_id)
    with conflicts():
        verbs.delete_automation(automation=automation)
    return 204, None


@router.post("/automations/{int:automation_id}/switch-on", response=Detail, auth=logged_in, by_alias=False)
def switch_on(request: HttpRequest, automation_id: int) -> Any:
    """422 with what has to be mended first."""
    return detail(verbs.switch_on(automation=mine(request, automation_id)))


@router.post("/automations/{int:automation_id}/switch-off", response=Detail, auth=logged_in, by_alias=False)
def switch_off(request: HttpRequest, automation_id: int) -> Any:
    """Everybody on the way is out."""
    return detail(verbs.switch_off(automation=mine(request, automation_id)))


@router.post("/automations/{int:automation_id}/steps", response={201: StepOut}, auth=logged_in, by_alias=False)
def add_step(request: HttpRequest, automation_id: int, payload: StepIn) -> Any:
    automation = mine(request, automation_id)
    message = get_object_or_404(own(request, Message), pk=payload.message)
    return 201, verbs.add_step(
        automation=automation, message=message, wait_minutes=payload.wait_minutes, condition=payload.condition
    )


def step_of(request: HttpRequest, automation_id: int, step_id: int) -> Step:
    steps = Step.objects.filter(automation=mine(request, automation_id)).select_related("automation__owner")
    return get_object_or_404(steps, pk=step_id)


@router.put("/automations/{int:automation_id}/steps/{int:step_id}", response=StepOut, auth=logged_in, by_alias=False)
def change_step(request: HttpRequest, automation_id: int, step_id: int, payload: StepIn) -> Any:
    step = step_of(request, automation_id, step_id)
    message = get_object_or_404(own(request, Message), pk=payload.message)
    return verbs.change_step(step=step, message=message, wait_minutes=payload.wait_minutes, condition=payload.condition)


@router.delete("/automations/{int:automation_id}/steps/{int:step_id}", response={204: None}, auth=logged_in)
def delete_step(request: HttpRequest, automation_id: int, step_id: int) -> Any:
    verbs.delete_step(step=step_of(request, automation_id, step_id))
    return 204, None


@router.post("/automations/{int:automation_id}/steps/{int:step_id}/move", response={204: None}, auth=logged_in)
def move_step(request: HttpRequest, automation_id: int, step_id: int, payload: Move) -> Any:
    verbs.move_step(step=step_of(request, automation_id, step_id), down=payload.to == "down")
    return 204, None


@router.get("/automations/{int:automation_id}/enrolments", response=EnrolmentList, auth=logged_in, by_alias=False)
def list_enrolments(request: HttpRequest, automation_id: int, query: Query[PageQuery]) -> Any:
    """Who is where, the latest first."""
    automation = get_object_or_404(visible(request, Automation), pk=automation_id)
    rows = Enrolment.objects.filter(automation=automation)
    items, cursor = page(rows, order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post(
    "/automations/{int:automation_id}/enrolments", response={201: EnrolmentOut}, auth=logged_in, by_alias=False
)
def enrol(request: HttpRequest, automation_id: int, payload: PersonIn) -> Any:
    automation = mine(request, automation_id)
    recipient = get_object_or_404(own(request, Recipient), pk=payload.recipient)
    return 201, verbs.enrol(automation=automation, recipient=recipient)


@router.post(
    "/automations/{int:automation_id}/enrolments/{int:enrolment_id}/stop",
    response=EnrolmentOut,
    auth=logged_in,
    by_alias=False,
)
def stop(request: HttpRequest, automation_id: int, enrolment_id: int) -> Any:
    people = Enrolment.objects.filter(automation=mine(request, automation_id))
    enrolment = get_object_or_404(people, pk=enrolment_id)
    verbs.stop(enrolment=enrolment)
    return enrolment


def overseen(request: HttpRequest, automation_id: int) -> Automation:
    """Anybody's, for those who may stop it; the others do not learn whether it exists."""
    oversight.check(cast(User, request.user))
    return get_object_or_404(Automation.objects.select_related("owner"), pk=automation_id)


@router.post("/automations/{int:automation_id}/disable", response=AutomationOut, auth=logged_in)
def disable(request: HttpRequest, automation_id: int, payload: Reason) -> Any:
    """Managers: stop anybody's series until it is enabled; its owner is told the reason."""
    automation = overseen(request, automation_id)
    return oversight.stop_series(automation=automation, reason=payload.reason, by=cast(User, request.user))


@router.post("/automations/{int:automation_id}/enable", response=AutomationOut, auth=logged_in)
def enable(request: HttpRequest, automation_id: int) -> Any:
    """Managers: let it go on."""
    return oversight.release_series(automation=overseen(request, automation_id), by=cast(User, request.user))
