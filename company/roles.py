"""What the groups may do with the seller's settings."""

ROLES: dict[str, list[str]] = {
    "Content managers": ["company.change_announcement"],
    "Managers": ["company.change_company", "company.change_announcement"],
}
