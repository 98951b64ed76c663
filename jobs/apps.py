from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        from jobs import schedules

        schedules.register("jobs.heartbeat.beat", _("Heartbeat"), minutes=1)
        schedules.register("jobs.heartbeat.beat_mail", _("Heartbeat of the mail sender"), minutes=1, cluster="mail")
        schedules.register("jobs.heartbeat.forget_old_fetches", _("Tidy up after the queue"), minutes=24 * 60)
        schedules.register("jobs.tasks.resume_works", _("Take up long jobs that were cut off"), minutes=1)
        schedules.register("jobs.tasks.forget_works", _("Delete long jobs of last month"), minutes=24 * 60)
        # notifications stands below jobs and cannot register itself.
        schedules.register("notifications.tasks.sweep_outgoing", _("Send waiting mail"), minutes=1, cluster="mail")
        post_migrate.connect(schedules.synchronise, sender=apps.get_app_config("django_q"))
