import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from accounts import role_groups
from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_every_permission_that_a_role_names_exists() -> None:
    named = set().union(*role_groups.declared_roles().values())
    assert set(role_groups.query(named)) == named


def test_a_flushed_database_gets_every_permission_back_without_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    named = set().union(*role_groups.declared_roles().values())
    Permission.objects.all().delete()
    role_groups.synchronise()
    assert set(role_groups.query(named)) == named
    assert not caplog.records


def test_the_four_groups_exist_and_enter_the_admin_as_their_role_says() -> None:
    entering = {
        name: UserFactory(groups=[name]).has_perm("wagtailadmin.access_admin")
        for name in ("Content managers", "Shop managers", "Managers")
    }
    assert all(entering.values())
    assert Group.objects.filter(name="Campaign owners").exists()


def test_content_managers_may_publish_everywhere() -> None:
    editor = UserFactory(groups=["Content managers"])
    assert Page.get_first_root_node().permissions_for_user(editor).can_add_subpage()
    assert GroupCollectionPermission.objects.filter(group__name="Content managers").count() == 6


def test_synchronising_again_changes_nothing() -> None:
    def state() -> list[object]:
        through = Group.permissions.through.objects
        return [through.count(), GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()]

    before = state()
    role_groups.synchronise()
    assert state() == before


def test_a_declared_group_has_exactly_what_is_declared() -> None:
    group = Group.objects.get(name="Managers")
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    role_groups.synchronise()
    assert not group.permissions.filter(codename="delete_user").exists()


def test_what_an_administrator_narrowed_stays_narrow() -> None:
    rows = GroupPagePermission.objects.filter(group__name="Content managers")
    rows.exclude(permission__codename="change_page").delete()
    role_groups.synchronise()
    assert rows.count() == 1
