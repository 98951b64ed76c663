"""Pages that appear and go at a time that their editor has set."""

from django.core.management import call_command


def publish_scheduled() -> None:
    """Scheduled each minute: publish the approved drafts that are due, unpublish what has expired."""
    call_command("publish_scheduled")
