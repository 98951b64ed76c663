"""Who may log in."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from accounts.models import User


class AccountBackend(AuthenticationBackend):
    """allauth's log-in by e-mail, refused to blocked users; sessions of a blocked user are anonymous at once.

    The demo's log-ins are refused outside development, also when their rows were carried along with a database.
    """

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        if not super().user_can_authenticate(user) or getattr(user, "is_blocked", False):
            return False
        return settings.DEMO_LOGINS_ALLOWED or getattr(user, "email", "") not in settings.DEMO_LOGINS

    def get_user(self, user_id: int) -> User | None:
        user = super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
