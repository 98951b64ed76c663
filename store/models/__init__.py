"""The shop's tables, one module per noun."""

from store.models.alerts import OrderAlert
from store.models.carts import MAX_QUANTITY, Cart, CartLine
from store.models.catalogue import (
    Brand,
    Category,
    Product,
    ProductListing,
    ProductPicture,
    ProductSpecification,
    Variant,
)
from store.models.customers import CustomerNote, CustomerRecord
from store.models.invoices import Invoice, InvoiceCounter, InvoiceSettings
from store.models.options import MAX_OPTIONS, OptionType, OptionValue
from store.models.orders import TRANSITIONS, Order, OrderEvent, OrderLine, OrderStatus
from store.models.payments import OPEN_PAYMENTS, Payment, PaymentStatus, Refund, WebhookEvent
from store.models.recommendations import CountedBasket, PairKind, ProductPair
from store.models.shipping import ShippingMethod, TaxRate
from store.models.stock import MovementReason, Stock, StockMovement, StockSettings

__all__ = [
    "MAX_OPTIONS",
    "MAX_QUANTITY",
    "OPEN_PAYMENTS",
    "TRANSITIONS",
    "Brand",
    "Cart",
    "CartLine",
    "Category",
    "MovementReason",
    "Invoice",
    "InvoiceCounter",
    "InvoiceSettings",
    "CountedBasket",
    "CustomerNote",
    "CustomerRecord",
    "OptionType",
    "OptionValue",
    "Order",
    "OrderAlert",
    "OrderEvent",
    "OrderLine",
    "OrderStatus",
    "PairKind",
    "Payment",
    "PaymentStatus",
    "Product",
    "ProductListing",
    "ProductPair",
    "ProductPicture",
    "ProductSpecification",
    "Refund",
    "ShippingMethod",
    "Stock",
    "StockMovement",
    "StockSettings",
    "TaxRate",
    "Variant",
    "WebhookEvent",
]
