"""What the groups may do with people."""

ROLES: dict[str, list[str]] = {
    "Content managers": [
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        "wagtailredirects.view_redirect",
    ],
    "Shop managers": ["wagtailadmin.access_admin"],
    "Managers": [
        "wagtailadmin.access_admin",
        "accounts.view_user",
        "accounts.block_user",
    ],
    "Campaign owners": [],
}
