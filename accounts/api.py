"""The API of people: oneself, and (for managers) others."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from accounts import consents_api
from accounts.blocking import block_user, unblock_user
from accounts.errors import AccountError, NotAllowed
from accounts.models import User
from accounts.profile import update_profile
from api.auth import user as logged_in
from api.paging import PageQuery, page
from api.problems import register_problem

register_problem(AccountError, 422, "invalid")
register_problem(NotAllowed, 403, "forbidden")

router = Router(tags=["people"])
router.add_router("", consents_api.router)


class Me(Schema):
    id: int
    email: str
    first_name: str
    last_name: str
    phone: str
    time_zone: str
    language: str
    date_joined: datetime
    groups: list[str]

    @staticmethod
    def resolve_groups(user: User) -> list[str]:
        return sorted(group.name for group in user.groups.all())


class MeChanges(Schema):
    """Only what is sent is changed."""

    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    time_zone: str | None = None
    language: str | None = None


class Person(Me):
    is_active: bool
    is_blocked: bool
    blocked_at: datetime | None
    blocked_reason: str
    last_login: datetime | None


class People(Schema):
    items: list[Person]
    next_cursor: str | None


class PeopleQuery(PageQuery):
    q: str = ""
    blocked: bool | None = None


class Reason(Schema):
    reason: str


class OptionalReason(Schema):
    reason: str = ""


@router.get("/me", response=Me, auth=logged_in)
def get_me(request: HttpRequest) -> Any:
    """The account that is logged in."""
    return request.user


@router.patch("/me", response=Me, auth=logged_in)
def change_me(request: HttpRequest, payload: MeChanges) -> Any:
    """Change one's own profile. `phone` is stored in E.164, `time_zone` is an IANA name."""
    changes = {name: value for name, value in payload.dict(exclude_unset=True).items() if value is not None}
    return update_profile(user=request.user, changes=changes)  # type: ignore[arg-type]


@router.get("/users", response=People, auth=logged_in)
def list_users(request: HttpRequest, query: Query[PeopleQuery]) -> Any:
    """Managers: everybody with an account, by e-mail; `q` looks into e-mail and name."""
    require(request, "accounts.view_user")
    users = User.objects.prefetch_related("groups")
    if query.q:
        words = query.q.replace("\x00", "")
        users = users.filter(Q(email__icontains=words) | Q(first_name__icontains=words) | Q(last_name__icontains=words))
    if query.blocked is not None:
        users = users.filter(blocked_at__isnull=not query.blocked)
    items, cursor = page(users, order=("email",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post("/users/{int:user_id}/block", response=Person, auth=logged_in)
def block(request: HttpRequest, user_id: int, payload: Reason) -> Any:
    """Managers: refuse this account from now on; its sessions and tokens die at once."""
    user = find(request, user_id)
    return block_user(user=user, by=request.user, reason=payload.reason)  # type: ignore[arg-type]


@router.post("/users/{int:user_id}/unblock", response=Person, auth=logged_in)
def unblock(request: HttpRequest, user_id: int, payload: OptionalReason | None = None) -> Any:
    """Managers: let this account log in again."""
    user = find(request, user_id)
    return unblock_user(user=user, by=request.user, reason=payload.reason if payload else "")  # type: ignore[arg-type]


def find(request: HttpRequest, user_id: int) -> User:
    """The account, for those who may block; the others do not learn whether it exists."""
    require(request, "accounts.block_user")
    # Beyond 64 bits no database has ids, and SQLite fails on them.
    return get_object_or_404(User, pk=min(user_id, 2**63 - 1))


def require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):  # type: ignore[union-attr]
        raise PermissionDenied
