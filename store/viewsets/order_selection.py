"""Which orders a bulk action is about: the ticked ones, or all that the filter shows."""

from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.http import QueryDict

from store.models import Order
from store.viewsets.order_filters import shown

MOST_TICKED = 1000


@dataclass(frozen=True)
class Selection:
    """As the form carries it. `upto` is the newest order at the moment of the question: what has come in since, under
    the same filter, nobody was asked about."""

    keys: tuple[int, ...] = ()
    everything: bool = False
    query: str = ""
    upto: int = 0

    @classmethod
    def read(cls, data: QueryDict) -> "Selection":
        keys = [int(text) for text in data.getlist("select")[:MOST_TICKED] if text.isascii() and text.isdecimal()]
        upto = data.get("upto", "")
        return cls(
            keys=tuple(key for key in keys if key < 2**63),
            everything=data.get("everything") == "1",
            query=data.get("query", "")[:2000],
            upto=int(upto) if upto.isascii() and upto.isdecimal() and len(upto) < 19 else 0,
        )

    def orders(self) -> QuerySet[Order]:
        """The newest first."""
        if not self.everything:
            return Order.objects.filter(pk__in=self.keys).order_by("-placed_at", "-pk")
        rows = shown(QueryDict(self.query)).order_by("-placed_at", "-pk")
        return rows.filter(pk__lte=self.upto) if self.upto else rows

    def newest(self) -> int:
        return self.orders().aggregate(newest=Max("pk"))["newest"] or 0
