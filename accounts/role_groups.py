"""The groups of the site, made to match what each app's `roles.py` declares (`ROLES`: group → permissions)."""

import logging
from importlib import import_module
from typing import Any

from django.apps import apps as all_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.module_loading import module_has_submodule
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

logger = logging.getLogger(__name__)

CONTENT_MANAGERS = "Content managers"
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
COLLECTION_PERMISSIONS = (
    *(f"wagtailimages.{verb}_image" for verb in ("add", "change", "choose")),
    *(f"wagtaildocs.{verb}_document" for verb in ("add", "change", "choose")),
)

# Permission → (model of its content type, name), as wagtail_localize's migration 0006 makes it.
BY_MIGRATION = {"wagtail_localize.submit_translation": ("translation", "Can submit translations")}


def declared_roles() -> dict[str, set[str]]:
    """All apps' declarations together: group name → "app_label.codename"."""
    roles: dict[str, set[str]] = {}
    for config in all_apps.get_app_configs():
        if config.module is None or not module_has_submodule(config.module, "roles"):
            continue
        declared = getattr(import_module(f"{config.name}.roles"), "ROLES", {})
        for group, permissions in declared.items():
            roles.setdefault(group, set()).update(permissions)
    return roles


def synchronise(*, apps: Any = None, **kwargs: Any) -> None:
    """Give each declared group exactly its declared permissions. Safe to run again and again.

    Hears `post_migrate`; whoever needs other rights makes a group of their own in the admin.
    """
    if apps is not None and not has_tables(apps):
        return
    roles = declared_roles()
    permissions = find_permissions(set().union(*roles.values()))
    for name, wanted in roles.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([permissions[label] for label in wanted if label in permissions])
    give_root(Group.objects.get(name=CONTENT_MANAGERS))


def has_tables(apps: Any) -> bool:
    """False in a partial migration: the groups are made when everything is there."""
    return all(
        any(model._meta.label == label for model in apps.get_models())
        for label in ("auth.Group", "wagtailcore.GroupPagePermission", "wagtailcore.GroupCollectionPermission")
    )


def find_permissions(labels: set[str]) -> dict[str, Permission]:
    """The rows by label. Makes those of apps whose turn in post_migrate is still to come."""
    found = query(labels)
    if missing := labels - found.keys():
        for app_label in {label.split(".")[0] for label in missing}:
            if app_label in all_apps.app_configs:
                create_permissions(all_apps.get_app_config(app_label), verbosity=0)
        make_again(missing)
        found = query(labels)
    for label in sorted(labels - found.keys()):
        logger.warning("roles.py names a permission that does not exist: %s", label)
    return found


def make_again(labels: set[str]) -> None:
    """A flushed database has lost what only a data migration makes, and `create_permissions` does not know of it."""
    for label in labels & BY_MIGRATION.keys():
        app_label, codename = label.split(".")
        model, name = BY_MIGRATION[label]
        kind, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
        Permission.objects.get_or_create(content_type=kind, codename=codename, defaults={"name": name})


def query(labels: set[str]) -> dict[str, Permission]:
    condition = Q(pk__in=[])
    for label in labels:
        app_label, codename = label.split(".")
        condition |= Q(content_type__app_label=app_label, codename=codename)
    rows = Permission.objects.filter(condition).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}


def give_root(group: Group) -> None:
    """All pages and collections to a group that has none yet: what an administrator narrowed stays narrow."""
    root, collections = Page.get_first_root_node(), Collection.get_first_root_node()
    if root and not GroupPagePermission.objects.filter(group=group).exists():
        rows = query({f"wagtailcore.{codename}" for codename in PAGE_PERMISSIONS}).values()
        GroupPagePermission.objects.bulk_create(
            GroupPagePermission(group=group, page=root, permission=row) for row in rows
        )
    if collections and not GroupCollectionPermission.objects.filter(group=group).exists():
        rows = query(set(COLLECTION_PERMISSIONS)).values()
        GroupCollectionPermission.objects.bulk_create(
            GroupCollectionPermission(group=group, collection=collections, permission=row) for row in rows
        )
