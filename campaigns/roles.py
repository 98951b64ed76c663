"""Who may do what with mailings. Owners' permissions reach their own rows only (`campaigns.policies`)."""

OWNED = ("mailing", "message", "recipient")
JOURNAL = ("run", "delivery", "attempt", "deliveryevent", "content")
# Made in the workspace, looked at in the admin.
WORKSPACE = ("segment", "tag", "recipientfield", "topic", "optinform", "senderaddress", "automation")
# What managers watch besides.
WATCHED = ("abusereport", "ownersettings", "suppression", "consentwording", "bucket", "inboundreport", "transport")

CAMPAIGN_OWNERS = "Campaign owners"
MANAGERS = "Managers"

ROLES: dict[str, list[str]] = {
    CAMPAIGN_OWNERS: [
        *(f"campaigns.{action}_{noun}" for noun in OWNED for action in ("add", "change", "delete", "view")),
        *(f"campaigns.view_{noun}" for noun in (*JOURNAL, *WORKSPACE)),
    ],
    MANAGERS: [
        "wagtailadmin.access_admin",
        "campaigns.view_all",
        "campaigns.disable_mailing",
        *(f"campaigns.{action}_sendingdomain" for action in ("add", "change", "delete", "view")),
        *(f"campaigns.view_{noun}" for noun in (*OWNED, *JOURNAL, *WORKSPACE, *WATCHED)),
    ],
}
