"""Shutting a person out, and letting them in again."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import APIToken

from accounts.errors import AccountError, NotAllowed
from accounts.models import User
from accounts.signals import user_blocked, user_unblocked

MAX_REASON = 255


def block_user(*, user: User, by: User, reason: str) -> User:
    """Refuse `user` from now on: no log-in, sessions and API tokens dead at once. Blocking twice changes nothing.

    Raises NotAllowed for oneself, and for a superuser unless `by` is one.
    """
    reason = check_reason(reason)
    check_may_block(user=user, by=by)
    with transaction.atomic():
        blocked = User.objects.filter(pk=user.pk, blocked_at=None).update(
            blocked_at=timezone.now(), blocked_reason=reason
        )
        # Every time: a log-in that was under way while the first block was written may have left a session.
        end_sessions(user=user)
        if blocked:
            log(instance=user, action="accounts.block", user=by, data={"reason": reason})
            transaction.on_commit(lambda: user_blocked.send_robust(sender=User, user=user, by=by, reason=reason))
    user.refresh_from_db(fields=["blocked_at", "blocked_reason"])
    return user


def unblock_user(*, user: User, by: User, reason: str = "") -> User:
    """Let `user` log in again; old sessions and tokens stay dead. Unblocking twice changes nothing."""
    reason = check_reason(reason, required=False)
    check_may_block(user=user, by=by)
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, blocked_at__isnull=False).update(blocked_at=None, blocked_reason=""):
            log(instance=user, action="accounts.unblock", user=by, data={"reason": reason})
            transaction.on_commit(lambda: user_unblocked.send_robust(sender=User, user=user, by=by))
    user.refresh_from_db(fields=["blocked_at", "blocked_reason"])
    return user


def may_block(*, user: User, by: User) -> bool:
    """Whether `by` may block or unblock `user`."""
    return by.has_perm("accounts.block_user") and by.pk != user.pk and (by.is_superuser or not user.is_superuser)


def check_may_block(*, user: User, by: User) -> None:
    if not by.has_perm("accounts.block_user"):
        raise NotAllowed(_("You may not block people."))
    if by.pk == user.pk:
        raise NotAllowed(_("You cannot block yourself."))
    if user.is_superuser and not by.is_superuser:
        raise NotAllowed(_("Only an administrator can block an administrator."))


def check_reason(reason: str, *, required: bool = True) -> str:
    reason = reason.strip()
    if required and not reason:
        raise AccountError(_("Say why: the reason is kept in the history."))
    if len(reason) > MAX_REASON or "\x00" in reason:
        raise AccountError(_("The reason is too long, or contains characters that cannot be stored."))
    return reason


def end_sessions(*, user: User) -> int:
    """Log `user` out everywhere: browsers, our API's tokens (they live in sessions), the page API's tokens."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    tokens = APIToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    return len(sessions) + tokens
