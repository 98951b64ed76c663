from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from home import receivers  # noqa: F401
        from home.trees import ensure_tree_after_migrating

        # Wagtail's app comes after ours: the content types of home and blog are there by then.
        post_migrate.connect(ensure_tree_after_migrating, sender=apps.get_app_config("wagtailcore"))
