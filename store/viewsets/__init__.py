"""The shop in the Wagtail admin: one module per noun, one group."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu
from wagtail.admin.viewsets.base import ViewSetGroup

from store.viewsets.attributes import AttributeViewSet
from store.viewsets.brands import BrandViewSet
from store.viewsets.bulk_edit import BulkEditViewSet
from store.viewsets.carriers import CarrierViewSet
from store.viewsets.categories import CategoryViewSet
from store.viewsets.coupons import CouponUseViewSet, CouponViewSet
from store.viewsets.customers import CustomerViewSet
from store.viewsets.disputes import DisputeViewSet
from store.viewsets.home_panels import ShopMenuItem
from store.viewsets.hooks import HookDeliveryViewSet, HookViewSet
from store.viewsets.imports import ImportViewSet
from store.viewsets.invoices import InvoiceViewSet
from store.viewsets.movements import MovementViewSet
from store.viewsets.offline import OfflineMethodViewSet
from store.viewsets.options import OptionViewSet
from store.viewsets.orders import OrderViewSet
from store.viewsets.payments import PaymentViewSet, WebhookEventViewSet
from store.viewsets.phone_orders import PhoneOrderViewSet
from store.viewsets.products import ProductViewSet
from store.viewsets.returns import ReturnViewSet
from store.viewsets.reviews import ReviewViewSet
from store.viewsets.sales import SalesViewSet
from store.viewsets.shipping import ShippingMethodViewSet
from store.viewsets.stock import StockViewSet
from store.viewsets.taxes import TaxClassViewSet, TaxRateViewSet


class StoreViewSetGroup(ViewSetGroup):
    """The “Store” menu; each noun's module brings its viewset."""

    menu_label = _("Store")
    menu_icon = "store"
    menu_order = 200
    items = (
        SalesViewSet,
        OrderViewSet,
        ReturnViewSet,
        PhoneOrderViewSet,
        CustomerViewSet,
        ProductViewSet,
        CategoryViewSet,
        BrandViewSet,
        OptionViewSet,
        AttributeViewSet,
        StockViewSet,
        MovementViewSet,
        CouponViewSet,
        CouponUseViewSet,
        ReviewViewSet,
        InvoiceViewSet,
        BulkEditViewSet,
        ImportViewSet,
        PaymentViewSet,
        DisputeViewSet,
        WebhookEventViewSet,
        HookViewSet,
        HookDeliveryViewSet,
        ShippingMethodViewSet,
        OfflineMethodViewSet,
        TaxRateViewSet,
        TaxClassViewSet,
        CarrierViewSet,
    )

    def get_menu_item(self, order: int | None = None) -> ShopMenuItem:
        menu = Menu(register_hook_name=self.submenu_hook, items=self.get_submenu_items())
        return ShopMenuItem(
            label=self.menu_label, menu=menu, icon_name=self.menu_icon, order=self.get_menu_item_order(order)
        )
