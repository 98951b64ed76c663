from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Blog")

    def ready(self) -> None:
        from jobs import schedules

        schedules.register("blog.view_counts.recover", _("Count the views that a stopped process left"), minutes=1)
        schedules.register("blog.publishing.publish_scheduled", _("Publish scheduled pages"), minutes=1)
