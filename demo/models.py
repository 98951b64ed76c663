"""What the demo has made, so that it can be told from what the operator made."""

from typing import ClassVar

from django.db import models


class Made(models.Model):
    """One row that `manage.py demo` has made, or (with `before`) has changed. Never edited by hand."""

    kind = models.CharField(max_length=64)
    name = models.CharField(max_length=160)
    object_id = models.CharField(max_length=64, db_index=True)
    # Field → [value before, value that the demo wrote], both as the field's `value_to_string` gives them.
    changes = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "name"], name="demo_made_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
