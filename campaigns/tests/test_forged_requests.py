"""Every address of the workspace, the admin and the API in the wrong hands. New ones are tried by themselves."""

from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import User
from campaigns.tests.forgery import PARAMETER, World, changed, operations, snapshot, workspace_routes
from campaigns.tests.test_api import send
from campaigns.tests.worlds import logged_in, manager, owner, person
from campaigns.viewsets import CampaignsViewSetGroup

pytestmark = pytest.mark.django_db

# The first word of an address's name says whose number stands in it.
NAMED = {"block": "message", "list": "import", "enrolment": "automation", "step": "automation"}
# Enough for most forms and operations to get past the check of what is typed.
BODY: dict[str, Any] = {
    "email": "new@example.com",
    "emails": ["new@example.com"],
    "full_name": "New",
    "name": "New",
    "label": "New",
    "key": "new",
    "kind": "text",
    "subject": "New",
    "body": "New",
    "text": "New",
    "recipients": "all",
    "audience": "all",
    "periodicity": "once",
    "consent_basis": "opt-in",
    "rules": {"match": "all", "rules": []},
    "trigger": "subscribed",
    "reason": "x",
    "daily_quota": 5,
    "wait_minutes": 5,
    "on": "1",
    "to": "up",
    "type": "heading",
}
# What managers may do to others through the API and in the admin.
API_DECISIONS = ("/disable", "/enable", "/quota", "/approve", "/dismiss", "/disable-mailing", "/block-owner")
# The site's own, for every owner.
EVERYBODYS = ("/message-templates",)
ADMIN_DECISIONS = {
    *("decide", "disable", "enable", "disable_many", "approve", "quota", "dismiss", "stop", "block", "probe"),
    *("sending_domains:add", "sending_domains:delete", "sending_domains:check", "sending_domains:key"),
}


def blocked() -> tuple[User, Client]:
    user = owner()
    client = logged_in(user)
    User.objects.filter(pk=user.pk).update(blocked_at=timezone.now())
    return user, client


def form_body(world: World) -> dict[str, Any]:
    plain = {name: value for name, value in BODY.items() if isinstance(value, str | int)}
    return {**plain, "message": world.number("message"), "start": "2030-01-01T10:00", "steps": "1"}


def api_body(world: World) -> dict[str, Any]:
    return {
        **BODY,
        "message": world.number("message"),
        "recipient": world.number("recipient"),
        "into": world.number("tag"),
        "start": "2030-01-01T10:00:00Z",
    }


def workspace(world: World) -> list[tuple[str, str, bool]]:
    """Name, address and whether it leads to something of the owner's."""
    found = []
    for name, route in workspace_routes():
        first = name.split("_")[0]

        def value(match: Any, first: str = first) -> str:
            parameter = match[2]
            if parameter == "pk":
                return str(world.number(NAMED.get(first, first)))
            return {"block": world.block, "kind": "text"}.get(
                parameter, str(world.number(parameter)) if parameter in world.rows else "forged"
            )

        found.append((name, f"/{PARAMETER.sub(value, route)}", "<int:" in route))
    return found


def tries(client: Client, address: str, body: dict[str, Any]) -> list[tuple[str, int]]:
    return [
        ("GET", client.get(address).status_code),
        ("POST", client.post(address, body).status_code),
        ("DELETE", client.delete(address).status_code),
    ]


def test_the_owner_reaches_what_the_others_are_refused() -> None:
    """Else the tests below would prove nothing."""
    world = World()
    client = logged_in(world.owner)
    lost = [
        (name, address)
        for name, address, is_owned in workspace(world)
        if is_owned and client.get(address).status_code not in (200, 405)
    ]
    assert lost == []


def test_another_owner_finds_nothing_of_the_first() -> None:
    world, client = World(), logged_in(owner())
    body, before = form_body(world), snapshot()
    answers = [
        (name, *answer)
        for name, address, is_owned in workspace(world)
        if is_owned
        for answer in tries(client, address, body)
    ]
    assert [answer for answer in answers if answer[2] not in (404, 405)] == []
    assert changed(before) == []


@pytest.mark.parametrize("who", ["manager", "blocked", "anonymous", "shopper"])
def test_nobody_without_the_role_opens_the_workspace(who: str) -> None:
    world = World()
    clients = {
        "manager": lambda: logged_in(manager()),
        "blocked": lambda: blocked()[1],
        "anonymous": Client,
        "shopper": lambda: logged_in(person()),
    }
    client, body, before = clients[who](), form_body(world), snapshot()
    answers = [
        (name, *answer)
        for name, address, is_owned in workspace(world)
        # The overview and the way to become an owner are for everybody who is logged in.
        if is_owned or name not in ("dashboard", "become_owner")
        for answer in tries(client, address, body)
    ]
    # Away to the log-in or to the overview, or nothing there.
    assert [answer for answer in answers if answer[2] not in (302, 403, 404, 405)] == []
    assert changed(before) == []


def filled(path: str, world: World) -> str:
    def part(text: str) -> str:
        name = text.strip("{}").removesuffix("_id")
        return str(world.number(name)) if text.startswith("{") else text

    return "/".join(part(text) for text in path.split("/")) + f"?mailing={world.number('mailing')}"


def test_another_owner_gets_404_from_every_operation_of_the_api() -> None:
    world, client = World(), logged_in(owner())
    body, before = api_body(world), snapshot()
    answers = []
    for method, path in operations():
        if "{" in path and not path.startswith(EVERYBODYS):
            response = send(client, method, filled(path, world), body if method != "GET" else None)
            for_managers = path.endswith(API_DECISIONS) or path.startswith(("/campaign-owners", "/abuse-reports"))
            if response.status_code != 404 and not (for_managers and response.status_code == 403):
                answers.append((method, path, response.status_code))
    assert answers == []
    assert changed(before) == []


def test_a_manager_reads_through_the_api_and_writes_decisions_only() -> None:
    world, client = World(), logged_in(manager())
    body, before = api_body(world), snapshot()
    answers = []
    for method, path in operations():
        if method != "GET" and path.endswith(API_DECISIONS):
            continue
        response = send(client, method, filled(path, world), body if method != "GET" else None)
        wanted = (200, 403, 404) if method == "GET" else (403, 404, 422)
        if response.status_code not in wanted:
            answers.append((method, path, response.status_code))
    assert answers == []
    assert changed(before) == []


@pytest.mark.parametrize("who", ["blocked", "anonymous", "shopper"])
def test_the_api_refuses_everybody_else(who: str) -> None:
    world = World()
    client = {"blocked": lambda: blocked()[1], "anonymous": Client, "shopper": lambda: logged_in(person())}[who]()
    body, before = api_body(world), snapshot()
    wanted = (403, 404) if who == "shopper" else (401,)
    answers = []
    for method, path in operations():
        response = send(client, method, filled(path, world), body if method != "GET" else None)
        # A body is read before the role is looked at; never before the log-in.
        allowed = (*wanted, 422) if who == "shopper" and method != "GET" else wanted
        if response.status_code not in allowed:
            answers.append((method, path, response.status_code))
    assert answers == []
    assert changed(before) == []


VIEWSETS = {
    "campaign_mailings": "mailing",
    "campaign_automations": "automation",
    "campaign_messages": "message",
    "campaign_recipients": "recipient",
    "campaign_owners": "owner",
    "campaign_runs": "run",
    "campaign_deliveries": "delivery",
    "campaign_attempts": "attempt",
    "campaign_events": "event",
    "campaign_abuse": "report",
    "campaign_approvals": "mailing",
    "campaign_suppressions": "suppression",
    "campaign_segments": "segment",
    "campaign_tags": "tag",
    "campaign_fields": "field",
    "campaign_topics": "topic",
    "campaign_forms": "form",
    "campaign_senders": "sender",
}
# Wagtail's own verbs, which must not come back by themselves.
VERBS = ("add", "edit", "delete", "copy", "usage", "unpublish", "chooser")


def admin_addresses(world: World) -> list[tuple[str, str]]:
    """Name and address of every view of the group, and those that Wagtail would have if nobody had taken them out."""
    found = []
    for viewset in CampaignsViewSetGroup().registerables:
        number = world.number(VIEWSETS.get(viewset.name, "mailing"))
        for pattern in viewset.get_urlpatterns():
            names = PARAMETER.findall(str(pattern.pattern))
            known = {"pk": number, "content": 0, "decision": "disable", "object_id": number}
            try:
                address = reverse(
                    f"{viewset.name}:{pattern.name}", kwargs={name: known.get(name, "owner") for _kind, name in names}
                )
            except NoReverseMatch:  # Wagtail's redirects of former addresses
                continue
            found.append((f"{viewset.name}:{pattern.name}", address))
        index = reverse(f"{viewset.name}:index")
        found += [(f"{viewset.name}:{verb}", f"{index}{verb}/") for verb in VERBS]
        found += [(f"{viewset.name}:{verb}", f"{index}{verb}/{number}/") for verb in VERBS]
    assert len(found) > 100
    return found


def is_decision(name: str) -> bool:
    return name in ADMIN_DECISIONS or (not name.startswith("sending_domains") and name.split(":")[1] in ADMIN_DECISIONS)


def test_a_manager_looks_in_the_admin_and_writes_decisions_only() -> None:
    world, client = World(), logged_in(manager())
    body, before = form_body(world), snapshot()
    answers = []
    for name, address in admin_addresses(world):
        if is_decision(name):
            continue
        for method, status in tries(client, address, body):
            if status >= 500 or (method != "GET" and status == 302 and name.split(":")[1] in ("edit", "delete", "add")):
                answers.append((name, method, status))
    assert changed(before) == []
    assert [answer for answer in answers if answer[2] >= 500] == []
