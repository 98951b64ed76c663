from django.apps import AppConfig, apps
from django.db.models.signals import pre_migrate


class ConfigConfig(AppConfig):
    """The assembled site: what is true of the whole and of no single app."""

    name = "config"

    def ready(self) -> None:
        from config.sqlite import switch_to_wal

        # Any app with models does: the signal is only sent for those.
        pre_migrate.connect(switch_to_wal, sender=apps.get_app_config("accounts"))
