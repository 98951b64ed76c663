"""Long work that somebody asked for and watches: an import, an export, a change of thousands of rows."""

import secrets
from pathlib import PurePath

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WorkState(models.TextChoices):
    """Where it stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("At work")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


ENDED = (WorkState.DONE, WorkState.FAILED, WorkState.CANCELLED)


def private() -> Storage:
    return storages["private"]


def upload_path(work: "Work", filename: str) -> str:
    """A name that nobody guesses; the name that people see stands in the row."""
    return f"work/{timezone.now():%Y/%m}/{secrets.token_hex(16)}{PurePath(filename).suffix[:8]}"


class Work(models.Model):
    """One job with its progress, its files and what it refused.

    It is done in slices: each claims the row under a lease, and what a killed worker leaves is taken up again at the
    checkpoint. Only `jobs.work` changes it.
    """

    kind = models.CharField(_("kind"), max_length=64)
    title = models.CharField(_("title"), max_length=200)
    owner = models.ForeignKey(
        "accounts.User", verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="works"
    )
    language = models.CharField(max_length=12, default="en")
    state = models.CharField(_("state"), max_length=12, choices=WorkState.choices, default=WorkState.WAITING)
    params = models.JSONField(default=dict)
    checkpoint = models.JSONField(default=dict)
    counts = models.JSONField(_("counts"), default=dict)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), null=True)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    error = models.TextField(_("error"), blank=True)
    file = models.FileField(storage=private, upload_to=upload_path, blank=True)
    extra = models.FileField(storage=private, upload_to=upload_path, blank=True)
    # What was read from the file, in a shape that the next slice can enter anywhere.
    spool = models.FileField(storage=private, upload_to=upload_path, blank=True)
    result = models.FileField(storage=private, upload_to=upload_path, blank=True)
    result_name = models.CharField(max_length=200, blank=True)
    cancel_asked = models.BooleanField(default=False)
    claim = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("long job")
        verbose_name_plural = _("long jobs")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["leased_until"], name="work_unfinished", condition=models.Q(state__in=["waiting", "running"])
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def percent(self) -> int | None:
        """None while nobody knows how much there is to do."""
        if self.state == WorkState.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else None


class RefusedRow(models.Model):
    """One row that was left out, and why."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="refusals")
    number = models.PositiveIntegerField(_("row"))
    key = models.CharField(_("key"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("refused row")
        verbose_name_plural = _("refused rows")
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return f"{self.number}: {self.reason}"
