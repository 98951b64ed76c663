"""The machinery's tables, one module per noun."""

from jobs.models.queue import FailureRetry, Fetch, Heartbeat
from jobs.models.work import RefusedRow, Work, WorkState

__all__ = ["FailureRetry", "Fetch", "Heartbeat", "RefusedRow", "Work", "WorkState"]
