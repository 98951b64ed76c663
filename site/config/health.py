"""Is the process up, and can it do its work?"""

import time

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_q.models import OrmQ

from jobs.heartbeat import MAX_AGE_SECONDS, silent_clusters

STARTED = time.monotonic()


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, cache, queue and worker heartbeat are all well, else 503; each by name."""
    checks = {"database": check_database, "cache": check_cache, "queue": check_queue, "worker": check_worker}
    results = {name: outcome(check) for name, check in checks.items()}
    return JsonResponse(results, status=200 if set(results.values()) == {"ok"} else 503)


def outcome(check: object) -> str:
    try:
        return check() or "ok"  # type: ignore[operator]
    except Exception as error:
        return type(error).__name__


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_cache() -> str:
    cache.set("readyz", "1", 10)
    return "" if cache.get("readyz") == "1" else "does not keep what it is given"


def check_queue() -> None:
    OrmQ.objects.exists()


def check_worker() -> str:
    silent = silent_clusters()
    if not silent or time.monotonic() - STARTED < MAX_AGE_SECONDS:
        return ""
    return f"no heartbeat from {', '.join(silent)}"
