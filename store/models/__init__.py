"""The shop's tables, one module per noun."""

from store.models.addresses import Address
from store.models.alerts import OrderAlert
from store.models.attributes import Attribute, AttributeChoice, AttributeKind, ListingFacet, ProductAttribute
from store.models.calendar import DeliveryCalendar
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
from store.models.coupons import MAX_CODE, Coupon, CouponKind, CouponTarget, CouponUse, code_key
from store.models.customers import CustomerNote, CustomerRecord
from store.models.disputes import Dispute
from store.models.hooks import HookAttempt, HookDelivery, HookEndpoint, HookEvent
from store.models.invoices import Invoice, InvoiceCounter, InvoiceSettings
from store.models.offline import OfflineMethod
from store.models.options import MAX_OPTIONS, OptionType, OptionValue
from store.models.order_settings import OrderSettings
from store.models.orders import TRANSITIONS, Order, OrderEvent, OrderLine, OrderStatus, TaxPart
from store.models.payments import OPEN_PAYMENTS, Payment, PaymentStatus, Refund, RefundLine, WebhookEvent
from store.models.pictures import PictureSource
from store.models.recommendations import CountedBasket, PairKind, ProductPair
from store.models.returns import Return, ReturnLine, ReturnStatus
from store.models.reviews import (
    InvitationRefusal,
    ProductRating,
    Review,
    ReviewInvitation,
    ReviewPicture,
    ReviewSettings,
    ReviewStatus,
    ReviewVote,
)
from store.models.searching import SearchPhrase, SearchWord
from store.models.shipments import Carrier, Shipment, ShipmentLine
from store.models.shipping import ShippingKind, ShippingMethod, ShippingStep
from store.models.slugs import FormerSlug
from store.models.stock import MovementReason, Stock, StockMovement, StockSettings
from store.models.taxes import TaxClass, TaxRate
from store.models.wishes import StockAlert, Wish, Wishlist

__all__ = [
    "Attribute",
    "AttributeChoice",
    "AttributeKind",
    "ListingFacet",
    "ProductAttribute",
    "MAX_OPTIONS",
    "code_key",
    "MAX_CODE",
    "TaxPart",
    "TaxClass",
    "ShippingStep",
    "ShippingKind",
    "DeliveryCalendar",
    "CouponUse",
    "CouponTarget",
    "CouponKind",
    "Coupon",
    "Address",
    "HookAttempt",
    "HookDelivery",
    "HookEndpoint",
    "HookEvent",
    "InvitationRefusal",
    "ProductRating",
    "Review",
    "ReviewInvitation",
    "ReviewPicture",
    "ReviewSettings",
    "ReviewStatus",
    "ReviewVote",
    "StockAlert",
    "Wish",
    "Wishlist",
    "MAX_QUANTITY",
    "OPEN_PAYMENTS",
    "TRANSITIONS",
    "Brand",
    "Cart",
    "CartLine",
    "Category",
    "FormerSlug",
    "MovementReason",
    "Dispute",
    "Invoice",
    "InvoiceCounter",
    "InvoiceSettings",
    "CountedBasket",
    "CustomerNote",
    "CustomerRecord",
    "OptionType",
    "OptionValue",
    "OfflineMethod",
    "Order",
    "OrderAlert",
    "OrderEvent",
    "OrderLine",
    "OrderStatus",
    "PairKind",
    "Payment",
    "PaymentStatus",
    "PictureSource",
    "Product",
    "ProductListing",
    "ProductPair",
    "ProductPicture",
    "ProductSpecification",
    "Refund",
    "RefundLine",
    "SearchPhrase",
    "SearchWord",
    "Return",
    "ReturnLine",
    "ReturnStatus",
    "Carrier",
    "Shipment",
    "ShipmentLine",
    "OrderSettings",
    "ShippingMethod",
    "Stock",
    "StockMovement",
    "StockSettings",
    "TaxRate",
    "Variant",
    "WebhookEvent",
]
