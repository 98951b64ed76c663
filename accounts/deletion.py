"""Removing an account for good: only while nothing that others rely on belongs to it."""

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.errors import NotAllowed, StillOwns
from accounts.models import User

# Part of the account itself: goes with it.
OWN_APPS = {"account", "accounts", "auth", "mfa", "socialaccount", "usersessions", "wagtailusers", "notifications"}


def owned_things(user: User) -> list[str]:
    """What belongs to the user, by plural name: orders, mailings, pages."""
    names = []
    for relation in User._meta.related_objects:
        model = relation.related_model
        if model._meta.app_label in OWN_APPS or relation.many_to_many:
            continue
        if model._base_manager.filter(**{relation.field.name: user.pk}).exists():
            names.append(str(model._meta.verbose_name_plural))
    return sorted(set(names))


def delete_user(*, user: User, by: User) -> None:
    """Delete the account. Raises StillOwns with what is in the way, NotAllowed for oneself or without the right."""
    if not by.has_perm("accounts.delete_user") or (user.is_superuser and not by.is_superuser):
        raise NotAllowed(_("You may not delete this account."))
    if by.pk == user.pk:
        raise NotAllowed(_("You cannot delete your own account here."))
    with transaction.atomic():
        if things := owned_things(user):
            raise StillOwns(
                _("%(user)s cannot be deleted: these belong to the account: %(things)s. Block it instead.")
                % {"user": capfirst(str(user)), "things": ", ".join(things)}
            )
        log(instance=user, action="wagtail.delete", user=by, deleted=True)
        user.delete()
