"""What the groups may see of the machinery."""

ROLES: dict[str, list[str]] = {
    "Managers": [
        "django_q.view_ormq",
        "django_q.view_failure",
        "django_q.view_schedule",
        "jobs.view_heartbeat",
        "notifications.view_outgoingmail",
    ],
}
