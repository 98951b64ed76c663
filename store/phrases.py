"""Which phrases people search for: noted in the process, counted by the worker, offered while others type.

A statistic: what a killed process had noted since its last hand-over is lost.
"""

import re
import threading
import time
from collections import Counter

from django.db.models import F
from django.utils import timezone
from django_q.tasks import async_task

from store.models import SearchPhrase

HAND_OVER_SECONDS = 30
MOST_NOTED = 500
LONGEST = 60
# Fewer are somebody's own words, not a fashion.
OFFERED_FROM = 3
# Nothing that could be a person's: addresses, numbers of any kind that are long enough to be one.
PERSONAL = re.compile(r"@|\d{6,}|https?:|www\.")

_noted: Counter[str] = Counter()
_guard = threading.Lock()
_handed_over = time.monotonic()


def note(*, words: str) -> None:
    """One search that found something. Costs no query but for one task every half a minute."""
    global _handed_over
    phrase = words.lower()
    if len(phrase) < 3 or len(phrase) > LONGEST or PERSONAL.search(phrase):
        return
    with _guard:
        if phrase in _noted or len(_noted) < MOST_NOTED:
            _noted[phrase] += 1
        if time.monotonic() - _handed_over < HAND_OVER_SECONDS:
            return
        counted, _handed_over = dict(_noted), time.monotonic()
        _noted.clear()
    async_task("store.tasks.count_phrases", counted)


def count(*, phrases: dict[str, int]) -> None:
    """Add to the counts."""
    now = timezone.now()
    rows = [SearchPhrase(phrase=phrase[:LONGEST], searched_at=now) for phrase in sorted(phrases)]
    SearchPhrase.objects.bulk_create(rows, ignore_conflicts=True)
    for phrase in sorted(phrases):
        found = SearchPhrase.objects.filter(pk=phrase[:LONGEST])
        found.update(count=F("count") + phrases[phrase], searched_at=now)


def beginning_with(start: str, *, most: int) -> list[str]:
    """The most frequent phrases that begin so."""
    found = SearchPhrase.objects.filter(phrase__startswith=start.lower(), count__gte=OFFERED_FROM)
    return list(found.order_by("-count", "phrase").values_list("phrase", flat=True)[:most])
