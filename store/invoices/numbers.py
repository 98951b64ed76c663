"""Numbers without gap or double."""

from dataclasses import dataclass

from django.db.models import F

from store.models import InvoiceCounter

DIGITS = 6


@dataclass(frozen=True)
class Number:
    series: str
    year: int
    sequence: int

    def __str__(self) -> str:
        return f"{self.series}-{self.year}-{self.sequence:0{DIGITS}}"


def take(*, series: str, year: int) -> Number:
    """The next number of the series in that year. Call it last in the transaction that stores the document.

    The UPDATE locks the counter's row until that transaction ends: whoever comes next waits, and when it is rolled
    back the number is free again. So there are neither gaps nor doubles, and nobody waits for long.
    """
    InvoiceCounter.objects.get_or_create(series=series, year=year)
    InvoiceCounter.objects.filter(series=series, year=year).update(last=F("last") + 1)
    last = InvoiceCounter.objects.values_list("last", flat=True).get(series=series, year=year)
    return Number(series, year, last)
