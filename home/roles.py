"""What the groups may do with menus. Rights on pages are Wagtail's own, given to content managers by accounts."""

ROLES: dict[str, list[str]] = {
    "Content managers": ["home.change_navigation"],
}
