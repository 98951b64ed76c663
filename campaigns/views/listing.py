"""What the workspace's lists have in common: a search, a state and pages."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 25
MAX_QUERY = 100


def listing(
    request: HttpRequest, rows: QuerySet[Any], *, state_field: str, states: list[tuple[str, Any]], section: str
) -> dict[str, Any]:
    """The context of a list page: `page`, and what was asked for. Unknown states and pages are forgiven."""
    q, state = asked(request, states)
    if state:
        rows = rows.filter(**{state_field: state})
    return {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "q": q,
        "state": state,
        "states": states,
        "is_filtered": bool(q or state),
        "section": section,
    }


def asked(request: HttpRequest, states: list[tuple[str, Any]]) -> tuple[str, str]:
    """The search words and the state in the query string."""
    q = request.GET.get("q", "").replace("\0", "").strip()[:MAX_QUERY]
    state = request.GET.get("state", "")
    return q, state if state in dict(states) else ""


def whole(request: HttpRequest, name: str) -> int | None:
    """A number of the query string that a key can be."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
