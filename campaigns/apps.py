from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        from campaigns import customer_facts, policies
        from campaigns.ownership import OWNER_PERMISSION
        from company import menus
        from jobs import schedules
        from store import customer_facts as shop_facts

        policies.register()
        shop_facts.register(customer_facts.facts)
        schedules.register("campaigns.tasks.tick", _("Open the mailings that are due"), minutes=1)
        item = menus.MenuItem(30, _("Campaigns"), "campaigns:dashboard", icon="send", permission=OWNER_PERMISSION)
        menus.register("workspace", item)
        # Here everybody finds the way to becoming an owner.
        menus.register("account", menus.MenuItem(80, _("Mailings"), "campaigns:dashboard", icon="send"))
