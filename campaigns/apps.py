from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        from campaigns import bulk, customer_facts, policies, receivers  # noqa: F401
        from campaigns.delivery import tracked
        from campaigns.list_import import job as list_import
        from campaigns.ownership import OWNER_PERMISSION
        from company import menus
        from jobs import schedules, work
        from store import customer_facts as shop_facts

        policies.register()
        work.register(list_import.IMPORT)
        work.register(bulk.CHANGE)
        tracked.register()
        shop_facts.register(customer_facts.facts)
        schedules.register("campaigns.tasks.tick", _("Open the mailings that are due"), minutes=1)
        schedules.register("campaigns.tasks.check_sending_domains", _("Look at the sending domains’ DNS"), minutes=15)
        schedules.register("campaigns.tasks.read_bounces", _("Read the bounces that came by mail"), minutes=5)
        schedules.register("campaigns.tasks.catch_up_orders", _("Count orders that mailings have brought"), minutes=60)
        schedules.register("campaigns.tasks.walk_automations", _("Go on with the automations"), minutes=1)
        item = menus.MenuItem(30, _("Campaigns"), "campaigns:dashboard", icon="send", permission=OWNER_PERMISSION)
        menus.register("workspace", item)
        menus.register("account", menus.MenuItem(78, _("Newsletter"), "campaigns:newsletter", icon="mail"))
        # Here everybody finds the way to becoming an owner.
        menus.register("account", menus.MenuItem(80, _("Mailings"), "campaigns:dashboard", icon="send"))
