"""Lists of a million rows: counted as far as anybody pages, and exported without formulas."""

from collections import OrderedDict
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

from api.cells import harmless

MOST_COUNTED = 10_000
MOST_EXPORTED = 100_000
AT_ONCE = 2000


class CappedPaginator(WagtailPaginator):  # type: ignore[misc]
    """Counts to 10,000 and no further: nobody reads beyond, and COUNT(*) reads them all."""

    is_capped = False

    @cached_property
    def count(self) -> int:
        found = self.object_list.order_by()[: MOST_COUNTED + 1].count()
        self.is_capped = found > MOST_COUNTED
        return min(found, MOST_COUNTED)

    @cached_property
    def items_count_label(self) -> str:
        if self.count and self.is_capped:
            return _("More than %(count)s: narrow them by a filter") % {"count": f"{MOST_COUNTED:,}"}
        return str(super().items_count_label)


class LargeListMixin:
    """For index views: a capped count, and what the filters show as CSV or XLSX, at most 100,000 rows of it."""

    paginator_class = CappedPaginator
    # Field (dotted paths allowed) and heading; empty: nothing is exported.
    exported: ClassVar[dict[str, Any]] = {}
    is_export: bool
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.is_export = bool(self.exported) and request.GET.get("export") in ("csv", "xlsx")

    @property
    def list_export(self) -> list[str]:
        return list(self.exported)

    @property
    def export_headings(self) -> dict[str, Any]:
        return self.exported

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.is_export:
            rows = self.get_queryset()[:MOST_EXPORTED]  # type: ignore[attr-defined]
            return self.as_spreadsheet(Streamed(rows), request.GET["export"])  # type: ignore[attr-defined]
        return super().get(request, *args, **kwargs)  # type: ignore[misc]

    def to_row_dict(self, item: Any) -> OrderedDict[str, Any]:
        row = super().to_row_dict(item)  # type: ignore[misc]
        return OrderedDict((name, "" if value is None else harmless(value)) for name, value in row.items())


class Streamed:
    """A queryset that is read in portions, whoever goes through it."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows, self.model = rows, rows.model

    def __iter__(self) -> Any:
        return self.rows.iterator(chunk_size=AT_ONCE)
