"""What staff did to mailings, messages and recipients, in Wagtail's log."""

from typing import Any

from django.db.models import Model
from wagtail.log_actions import log

from accounts.models import User


def record(
    *, instance: Model, action: str, by: User, deleted: bool = False, data: dict[str, Any] | None = None
) -> None:
    """Log it under the row's number.

    Wagtail shows titles in its site history to everybody with a permission on the model; addresses and subjects are
    for their owner's eyes.
    """
    title = f"{instance._meta.verbose_name} {instance.pk}"
    log(instance=instance, action=action, user=by, title=title, data=data, content_changed=True, deleted=deleted)
