from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")
    default = True

    def ready(self) -> None:
        from accounts import role_groups
        from company.menus import MenuItem, register

        register("account", MenuItem(10, _("Profile"), "accounts:profile", icon="user"))
        register("account", MenuItem(70, _("E-mail addresses"), "account_email", icon="mail"))
        register("account", MenuItem(72, _("Password"), "account_change_password", icon="lock"))
        register("account", MenuItem(74, _("Two-factor log-in"), "mfa_index", icon="settings"))
        register("account", MenuItem(76, _("Sessions"), "usersessions_list", icon="clock"))
        # Signalled app by app in this order: at the last one everything is there.
        last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
        post_migrate.connect(role_groups.synchronise, sender=last, dispatch_uid="accounts.roles")


class AdminUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users app with our screens for people."""

    default = False
    user_viewset = "accounts.viewsets.UserViewSet"
    group_viewset = "accounts.viewsets.GroupViewSet"
