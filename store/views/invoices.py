"""The papers of an order, for its customer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from store.invoices import pdf
from store.models import Invoice
from store.views.sessions import order_or_404


@never_cache
@require_safe
def order_invoice(request: HttpRequest, number: str, document: str = "") -> HttpResponse:
    """The PDF of this document of the order; of its invoice when none is named."""
    found = order_or_404(request, number).invoices.order_by("pk")
    invoice = found.filter(number=document.replace("\x00", "")).first() if document else found.first()
    if invoice is None:
        raise Http404
    return pdf_response(invoice)


def pdf_response(invoice: Invoice) -> HttpResponse:
    """Shown in the browser where it can, saved under the document's number."""
    return HttpResponse(
        pdf.render(invoice),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{invoice.filename}"', "X-Content-Type-Options": "nosniff"},
    )
