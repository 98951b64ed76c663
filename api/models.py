"""Answers that were given, so that a repeated call gets the same one."""

from django.db import models


class IdempotentCall(models.Model):
    """One unsafe call made with an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header)."""

    scope = models.CharField(max_length=64)
    key = models.CharField(max_length=255)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotent_call_once")]

    def __str__(self) -> str:
        return f"{self.scope}:{self.key}"
