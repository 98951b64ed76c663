"""Who may do what with mailings. Owners' permissions reach their own rows only (`campaigns.policies`)."""

OWNED = ("mailing", "message", "recipient")
JOURNAL = ("run", "delivery", "attempt")

CAMPAIGN_OWNERS = "Campaign owners"
MANAGERS = "Managers"

ROLES: dict[str, list[str]] = {
    CAMPAIGN_OWNERS: [
        *(f"campaigns.{action}_{noun}" for noun in OWNED for action in ("add", "change", "delete", "view")),
        *(f"campaigns.view_{noun}" for noun in JOURNAL),
    ],
    MANAGERS: [
        "wagtailadmin.access_admin",
        "campaigns.view_all",
        "campaigns.disable_mailing",
        *(f"campaigns.view_{noun}" for noun in (*OWNED, *JOURNAL)),
    ],
}
