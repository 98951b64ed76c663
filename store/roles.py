"""Who may do what in the shop: group name → permissions. Synchronised after each migrate."""

NOUNS = ("product", "category", "brand", "optiontype", "attribute")
CATALOGUE = [
    *(f"store.{verb}_{noun}" for noun in NOUNS for verb in ("add", "change", "delete", "view")),
    "store.publish_product",
]

RULES = ("shippingmethod", "taxrate", "taxclass", "coupon", "carrier", "offlinemethod")
BUYING = [
    *(f"store.view_{noun}" for noun in ("order", "payment", "webhookevent", "invoice", "return", "dispute")),
    "store.process_order",
    "store.process_return",
    "store.change_ordersettings",
    "store.view_customerrecord",
    *(f"store.{verb}_customernote" for verb in ("add", "delete", "view")),
    "store.view_sales",
    "store.refund_order",
    "store.view_review",
    "store.moderate_review",
    *(f"store.{verb}_hookendpoint" for verb in ("add", "change", "delete", "view")),
    "store.view_hookdelivery",
    "store.change_reviewsettings",
    "store.change_invoicesettings",
    *(f"store.{verb}_{noun}" for noun in RULES for verb in ("add", "change", "delete", "view")),
    "store.view_couponuse",
    "store.change_deliverycalendar",
    *(f"company.{verb}_termsversion" for verb in ("add", "view")),
]

ROLES: dict[str, list[str]] = {
    "Content managers": ["wagtailadmin.access_admin", *CATALOGUE, "store.view_stock"],
    "Shop managers": ["wagtailadmin.access_admin", *CATALOGUE, "store.view_stock", "store.change_stock", *BUYING],
}
