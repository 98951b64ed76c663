"""Who may do what in the Wagtail admin, beyond Django's own permissions."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class LookOnlyPolicy(ModelPermissionPolicy):
    """Rows that the machinery writes: whoever may view them looks, nobody adds, edits or deletes."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, "view")
