"""Invoices and credit notes of an order."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema

from api.auth import user as logged_in
from store.api.callers import order_of
from store.invoices import issuing
from store.models import Invoice
from store.views.invoices import pdf_response

router = Router(tags=["orders"])
PDF = {
    "responses": {
        200: {
            "description": "The PDF",
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class TaxOut(Schema):
    """`rate` in per cent; `net` + `tax` = `gross`."""

    rate: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal


class DocumentOut(Schema):
    """`kind` is `invoice` or `credit_note`; `url` is its PDF."""

    number: str
    kind: str
    issued_at: datetime
    total: Decimal
    tax: Decimal
    taxes: list[TaxOut]
    currency: str
    url: str

    @staticmethod
    def resolve_taxes(invoice: Invoice) -> list[dict[str, str]]:
        return invoice.data["taxes"]

    @staticmethod
    def resolve_url(invoice: Invoice) -> str:
        return f"{settings.SITE_URL}/api/v1/orders/{invoice.order.number}/invoices/{invoice.number}"


class DocumentsOut(Schema):
    items: list[DocumentOut]


@router.get("/orders/{number}/invoice", openapi_extra=PDF)
def get_invoice(request: HttpRequest, number: str, token: str = "") -> HttpResponse:
    """The invoice as PDF; 404 until it is issued. Guests: with `X-Cart` or the order's token."""
    invoice = order_of(request, number, token).invoices.filter(kind=Invoice.Kind.INVOICE).first()
    if invoice is None:
        raise Http404
    return pdf_response(invoice)


@router.get("/orders/{number}/invoices", response=DocumentsOut)
def list_documents(request: HttpRequest, number: str, token: str = "") -> Any:
    """Every document of the order: its invoice, then the credit notes."""
    return {"items": order_of(request, number, token).invoices.select_related("order").order_by("pk")}


@router.get("/orders/{number}/invoices/{document}", openapi_extra=PDF)
def get_document(request: HttpRequest, number: str, document: str, token: str = "") -> HttpResponse:
    """One of them as PDF."""
    found = order_of(request, number, token).invoices.filter(number=document.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return pdf_response(found)


@router.post("/orders/{number}/invoice", response=DocumentOut, auth=logged_in)
def issue_invoice(request: HttpRequest, number: str) -> Any:
    """Staff: the order's invoice, issued now if there is none."""
    if not request.user.has_perm("store.process_order"):
        raise PermissionDenied
    return issuing.issue(order=order_of(request, number))
