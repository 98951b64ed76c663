from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoreConfig(AppConfig):
    name = "store"
    verbose_name = _("Store")

    def ready(self) -> None:
        from wagtail import hooks

        from company.menus import MenuItem
        from company.menus import register as register_menu_item
        from jobs.schedules import register
        from notifications import attachments
        from store import bulk_job, receivers, rich_text  # noqa: F401
        from store.exports import job as exports
        from store.imports import job as imports
        from store.invoices import mailing

        # Not among the other hooks: their modules make forms with rich text, which asks for all features at once.
        hooks.register("register_rich_text_features", rich_text.register)
        imports.register()
        bulk_job.register()
        exports.register()

        register_menu_item("account", MenuItem(20, _("Orders"), "store:order_list", icon="package"))
        register_menu_item("account", MenuItem(25, _("Wishlist"), "store:wishlist", icon="heart"))
        register_menu_item("account", MenuItem(26, _("My reviews"), "store:my_reviews", icon="star"))
        register_menu_item("account", MenuItem(27, _("Back-in-stock notices"), "store:my_stock_alerts", icon="bell"))
        attachments.register(mailing.KIND, mailing.attachment)
        alerts_item = MenuItem(25, _("New orders"), "store:order_alerts", icon="bell", permission="store.process_order")
        register_menu_item("account", alerts_item)
        register("store.tasks.catch_up_customers", _("Work out the customers' figures"), minutes=5)
        register("store.tasks.rebuild_customers", _("Work out the customers' figures from all orders"), minutes=1440)
        register_menu_item("account", MenuItem(30, _("Addresses"), "store:address_list", icon="truck"))
        register("store.tasks.clean_carts", _("Remove forgotten carts"), minutes=24 * 60)
        register("store.tasks.expire_orders", _("Expire unpaid orders"), minutes=1)
        register("store.tasks.process_webhooks", _("Process waiting webhook events"), minutes=1)
        register("store.tasks.send_refunds", _("Send waiting refunds"), minutes=2)
        register("store.tasks.reconcile_payments", _("Ask gateways about silent payments"), minutes=2)
        register("store.tasks.issue_invoices", _("Issue invoices that are still owed"), minutes=5)
        register("store.after_sale_tasks.invite_to_review", _("Ask buyers for reviews"), minutes=60)
        register("store.after_sale_tasks.tell_returned", _("Tell who waits that goods are back"), minutes=5)
        register("store.after_sale_tasks.send_hooks", _("Send outgoing webhooks"), minutes=1)
        register("store.after_sale_tasks.forget_old_hooks", _("Forget old webhook deliveries"), minutes=24 * 60)
        register("store.after_sale_tasks.keep_recommendations", _("Count orders for recommendations"), minutes=60)
        register("store.tasks.tell_low_stock", _("Tell shop managers what runs low"), minutes=60)
        register("store.tasks.deliver_overdue", _("Count old parcels as delivered"), minutes=60)
        register("store.tasks.make_waiting_pictures", _("Make missing sizes of pictures"), minutes=1)
        register("store.tasks.remind_of_disputes", _("Remind of disputes that want an answer"), minutes=240)
        register("store.tasks.mail_forgotten", _("Write forgotten order confirmations"), minutes=10)
