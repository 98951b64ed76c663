"""What the operator watches."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """When a cluster last did its scheduled work."""

    cluster = models.CharField(_("cluster"), max_length=32, primary_key=True)
    at = models.DateTimeField(_("last beat"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return f"{self.cluster}: {self.at:%Y-%m-%d %H:%M:%S}"


class Fetch(models.Model):
    """How often a queued task was fetched without ever being finished: its worker was killed each time.

    django-q2 counts only attempts that end; a task that kills its worker would come back for ever.
    """

    queue_id = models.BigIntegerField(primary_key=True)
    count = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("fetch of a task")
        verbose_name_plural = _("fetches of tasks")

    def __str__(self) -> str:
        return f"{self.queue_id}: {self.count}"


class FailureRetry(models.Model):
    """A failure that an operator has queued again, so that it is not retried twice unawares."""

    failure_id = models.CharField(max_length=32, primary_key=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("retried failure")
        verbose_name_plural = _("retried failures")

    def __str__(self) -> str:
        return self.failure_id
