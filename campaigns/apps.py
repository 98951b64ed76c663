from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        from campaigns import policies
        from campaigns.ownership import OWNER_PERMISSION
        from company import menus
        from jobs import schedules

        policies.register()
        schedules.register("campaigns.tasks.tick", _("Open the mailings that are due"), minutes=1)
        item = menus.MenuItem(30, _("Campaigns"), "campaigns:dashboard", icon="send", permission=OWNER_PERMISSION)
        menus.register("workspace", item)
        # Here everybody finds the way to becoming an owner.
        menus.register("account", menus.MenuItem(80, _("Mailings"), "campaigns:dashboard", icon="send"))
