"""The command, run as an operator does, and what stands in the database."""

import io

from django.apps import apps
from django.core.management import call_command

# History and logs of the admin, and what Wagtail keeps about languages and searches, are not content.
KEEPS = {"wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry", "wagtailcore.Revision", "sessions.Session"}


def census() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.managed and model._meta.label not in KEEPS]
    counts = {model._meta.label: model._base_manager.count() for model in models}
    return {label: count for label, count in counts.items() if count}


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("demo", *args, stdout=out)
    return out.getvalue()
