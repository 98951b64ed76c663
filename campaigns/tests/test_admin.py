"""Mailings in the Wagtail admin: who sees, changes and stops what, by forged requests too."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from campaigns.models import Attempt, Mailing, Message, Recipient
from campaigns.tests.factories import DeliveryFactory, MailingFactory, MessageFactory, RecipientFactory, RunFactory
from campaigns.tests.worlds import logged_in, manager, owner, person, staff_owner, superuser
from company.models import Company
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db

OWNED = ("campaign_mailings", "campaign_messages", "campaign_recipients")
JOURNAL = ("campaign_runs", "campaign_deliveries", "campaign_attempts")


def url(viewset: str, view: str, *args: Any) -> str:
    return reverse(f"{viewset}:{view}", args=args)


class World:
    """One owner's mailing that is running, and one that waits."""

    def __init__(self, user: User) -> None:
        self.owner = user
        self.delivery = DeliveryFactory(
            run__mailing__owner=user, recipient__owner=user, recipient__full_name="Secret Name"
        )
        self.attempt = Attempt.objects.create(
            delivery=self.delivery, at=timezone.now(), status="sent", response="250 ok"
        )
        self.run = self.delivery.run
        self.running = self.run.mailing
        self.message = MessageFactory(owner=user, subject="Secret subject")
        self.waiting = MailingFactory(owner=user, message=self.message, start=timezone.now() + timedelta(days=1))
        self.spare = MessageFactory(owner=user, subject="Secret spare")
        self.recipient = RecipientFactory(owner=user, email="secret@example.com")

    def owned(self) -> dict[str, Any]:
        return {
            "campaign_mailings": self.waiting,
            "campaign_messages": self.spare,
            "campaign_recipients": self.recipient,
        }

    def journal(self) -> dict[str, Any]:
        return {"campaign_runs": self.run, "campaign_deliveries": self.delivery, "campaign_attempts": self.attempt}

    def forms(self) -> dict[str, dict[str, Any]]:
        """What would change each row."""
        start = timezone.now() + timedelta(days=2)
        return {
            "campaign_mailings": {
                "message": self.message.pk,
                "audience": "all",
                "start": f"{start:%Y-%m-%d %H:%M}",
                "periodicity": "weekly",
            },
            "campaign_messages": {"subject": "Changed", "body": "Changed"},
            "campaign_recipients": {"email": "changed@example.com", "consent_basis": "opt-in"},
        }

    def is_untouched(self) -> bool:
        for row in self.owned().values():
            row.refresh_from_db()
        return (self.waiting.periodicity, self.spare.subject, self.recipient.email) == (
            "once",
            "Secret spare",
            "secret@example.com",
        )


@pytest.fixture
def world() -> World:
    return World(owner())


def test_a_superuser_sees_and_changes_everything_and_it_is_logged(world: World) -> None:
    admin = superuser()
    client = logged_in(admin)
    for viewset, row in {**world.owned(), **world.journal()}.items():
        assert client.get(url(viewset, "index")).status_code == 200, viewset
        assert client.get(url(viewset, "index_results")).status_code == 200, viewset
        assert client.get(url(viewset, "inspect", row.pk)).status_code == 200, viewset
    for viewset, form in world.forms().items():
        row = world.owned()[viewset]
        assert client.get(url(viewset, "edit", row.pk)).status_code == 200, viewset
        response = client.post(url(viewset, "edit", row.pk), form)
        assert response.status_code == 302, (viewset, response.context["form"].errors)
        assert client.get(url(viewset, "history", row.pk)).status_code == 200, viewset
    assert not world.is_untouched()
    assert world.waiting.owner == world.owner
    assert ModelLogEntry.objects.filter(action="wagtail.edit", user=admin).count() == 3


def test_a_superuser_deletes_by_the_verb(world: World) -> None:
    client = logged_in(superuser())
    client.post(url("campaign_mailings", "delete", world.running.pk))
    client.post(url("campaign_messages", "delete", world.message.pk))
    assert Mailing.objects.filter(pk=world.running.pk).exists()
    assert Message.objects.filter(pk=world.message.pk).exists()
    for viewset, row in world.owned().items():
        assert client.get(url(viewset, "delete", row.pk)).status_code == 200
        client.post(url(viewset, "delete", row.pk))
    assert not Mailing.objects.filter(pk=world.waiting.pk).exists()
    assert not Message.objects.filter(pk=world.spare.pk).exists()
    assert not Recipient.objects.filter(pk=world.recipient.pk).exists()
    assert ModelLogEntry.objects.filter(action="wagtail.delete").count() == 3


def test_a_mailing_made_in_the_admin_is_scheduled_by_the_verb() -> None:
    admin = superuser(time_zone="Asia/Tokyo")
    client = logged_in(admin)
    client.post(url("campaign_messages", "add"), {"subject": "Hello", "body": "News"})
    client.post(url("campaign_recipients", "add"), {"email": "ann@example.com", "consent_basis": "opt-in"})
    message = Message.objects.get()
    form = {"message": message.pk, "audience": "chosen", "addresses": "ann@example.com", "periodicity": "once"}
    response = client.post(url("campaign_mailings", "add"), {**form, "start": "2030-01-01 09:00"})
    assert response.status_code == 302, response.context["form"].errors
    mailing = Mailing.objects.get()
    assert mailing.owner == message.owner == admin
    assert mailing.next_run_at == mailing.start
    assert mailing.start.isoformat() == "2030-01-01T00:00:00+00:00"
    assert mailing.recipients.count() == 1
    assert ModelLogEntry.objects.filter(action="wagtail.create", user=admin).count() == 3


def test_what_the_verb_refuses_is_said_in_the_form(world: World) -> None:
    form = world.forms()["campaign_mailings"]
    response = logged_in(superuser()).post(url("campaign_mailings", "edit", world.running.pk), form)
    assert response.status_code == 200
    assert "Pause the mailing" in str(response.context["form"].errors)
    twice = {"email": "secret@example.com", "consent_basis": "opt-in"}
    reader = RecipientFactory(owner=world.owner)
    response = logged_in(superuser()).post(url("campaign_recipients", "edit", reader.pk), twice)
    assert "already in your list" in str(response.context["form"].errors)


def test_a_superuser_may_write_for_the_shops_own_owner_and_for_nobody_else(world: World) -> None:
    admin, shop = superuser(), owner(email="shop@example.org")
    Company.objects.update_or_create(site_id=1, defaults={"system_owner": shop})
    client = logged_in(admin)
    form = {"subject": "Newsletter", "body": "News"}
    assert client.post(url("campaign_messages", "add"), {**form, "owner": world.owner.pk}).status_code == 200
    client.post(url("campaign_messages", "add"), {**form, "owner": shop.pk})
    message = Message.objects.get(subject="Newsletter")
    assert message.owner == shop
    plan = {"message": message.pk, "audience": "all", "start": "2030-01-01 09:00", "periodicity": "once"}
    mixed = client.post(url("campaign_mailings", "add"), {**plan, "owner": admin.pk})
    assert "message" in mixed.context["form"].errors
    assert client.post(url("campaign_mailings", "add"), {**plan, "owner": shop.pk}).status_code == 302


def test_staff_who_are_owners_see_and_change_only_their_own(world: World) -> None:
    user = staff_owner()
    client, own = logged_in(user), World(user)
    Recipient.objects.filter(owner=user).update(email="mine@example.com", full_name="Mine")
    Message.objects.filter(owner=user).update(subject="Mine")
    for viewset, row in world.owned().items():
        page = client.get(url(viewset, "index")).content.decode()
        assert "ecret" not in page, viewset
        assert "Mine" in page, viewset
        assert world.owner.email not in page, viewset
        for view in ("edit", "delete", "history", "inspect"):
            assert client.get(url(viewset, view, row.pk)).status_code == 404, (viewset, view)
        for view in ("edit", "delete"):
            assert client.post(url(viewset, view, row.pk), world.forms()[viewset]).status_code == 404, (viewset, view)
            assert client.get(url(viewset, view, own.owned()[viewset].pk)).status_code == 200, (viewset, view)
    for viewset, row in world.journal().items():
        assert client.get(url(viewset, "inspect", row.pk)).status_code == 404, viewset
        assert client.get(url(viewset, "inspect", own.journal()[viewset].pk)).status_code == 200, viewset
        assert world.delivery.email not in client.get(url(viewset, "index")).content.decode(), viewset
    assert world.is_untouched()


def test_staff_owners_cannot_reach_others_through_choices_filters_or_search(world: World) -> None:
    client = logged_in(staff_owner())
    form = {"message": world.message.pk, "audience": "all", "start": "2030-01-01 09:00", "periodicity": "once"}
    assert "message" in client.post(url("campaign_mailings", "add"), form).context["form"].errors
    assert "Secret" not in client.get(url("campaign_mailings", "add")).content.decode()
    for viewset in JOURNAL:
        page = client.get(url(viewset, "index"), {"mailing": world.running.pk}).content.decode()
        assert world.running.message.subject not in page, viewset
        assert world.delivery.email not in page, viewset
    for viewset in OWNED:
        page = client.get(url(viewset, "index"), {"q": "secret", "owner": world.owner.pk}).content.decode()
        assert world.owner.email not in page, viewset
    for export in ("csv", "xlsx"):
        page = client.get(url("campaign_recipients", "index"), {"export": export})
        assert b"secret@" not in page.content


def test_the_site_history_does_not_tell_addresses_and_subjects(world: World) -> None:
    admin = logged_in(superuser())
    for viewset, form in world.forms().items():
        admin.post(url(viewset, "edit", world.owned()[viewset].pk), form)
    page = logged_in(staff_owner()).get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert "changed@example.com" not in page
    assert "Secret" not in page


def test_managers_see_all_and_change_nothing(world: World) -> None:
    client = logged_in(manager())
    for viewset, row in {**world.owned(), **world.journal()}.items():
        assert client.get(url(viewset, "index")).status_code == 200, viewset
        assert client.get(url(viewset, "inspect", row.pk)).status_code == 200, viewset
    for viewset, form in world.forms().items():
        row = world.owned()[viewset]
        assert client.get(url(viewset, "history", row.pk)).status_code == 200, viewset
        for view, args in (("add", ()), ("edit", (row.pk,)), ("delete", (row.pk,))):
            for response in (client.get(url(viewset, view, *args)), client.post(url(viewset, view, *args), form)):
                assert response.status_code in (302, 404), (viewset, view)
                assert response.headers.get("Location", "/admin/") == "/admin/", (viewset, view)
    assert world.is_untouched()
    assert (Mailing.objects.count(), Message.objects.count()) == (2, 3)


def test_managers_pause_nothing_and_owners_disable_nothing(world: World) -> None:
    for user, names in ((manager(), ("pause", "cancel")), (staff_owner(), ("disable", "enable"))):
        client = logged_in(user)
        target = MailingFactory(owner=user) if user.groups.filter(name="Campaign owners") else world.waiting
        for name in names:
            address = url("campaign_mailings", "decide", target.pk, name)
            assert client.post(address, {"reason": "x"}).headers.get("Location") == "/admin/", name
        target.refresh_from_db()
        assert (target.status, target.is_disabled) == ("created", False)


def test_a_manager_disables_and_enables_with_a_reason_that_is_logged_and_told(world: World) -> None:
    user = manager()
    client = logged_in(user)
    address = url("campaign_mailings", "decide", world.running.pk, "disable")
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "Complaints"}).status_code == 302
    world.running.refresh_from_db()
    assert world.running.disabled_reason == "Complaints"
    entry = ModelLogEntry.objects.get(action="campaigns.disable")
    assert (entry.user, entry.data["reason"]) == (user, "Complaints")
    assert "Complaints" in client.get(url("campaign_mailings", "history", world.running.pk)).content.decode()
    assert "Complaints" in OutgoingMail.objects.get(to=world.owner.email).text
    assert client.post(address, {"reason": "Again"}).headers["Location"] == "/admin/"
    assert client.post(url("campaign_mailings", "decide", world.running.pk, "enable")).status_code == 302
    world.running.refresh_from_db()
    assert not world.running.is_disabled
    assert OutgoingMail.objects.filter(to=world.owner.email).count() == 2


def test_owners_steer_their_own_from_the_admin() -> None:
    user = staff_owner()
    client, mailing = logged_in(user), MailingFactory(owner=user, start=timezone.now() + timedelta(days=1))
    for name, status in (("pause", "paused"), ("resume", "created"), ("cancel", "cancelled")):
        address = url("campaign_mailings", "decide", mailing.pk, name)
        assert client.get(address).status_code == 200
        client.post(address)
        mailing.refresh_from_db()
        assert mailing.status == status
    assert client.get(url("campaign_mailings", "decide", mailing.pk, "nonsense")).status_code == 404


@pytest.mark.parametrize("viewset", JOURNAL)
def test_the_journal_has_no_address_to_write_to(viewset: str, world: World) -> None:
    row = world.journal()[viewset]
    for view, args in (("add", ()), ("edit", (row.pk,)), ("delete", (row.pk,)), ("copy", (row.pk,))):
        with pytest.raises(NoReverseMatch):
            url(viewset, view, *args)
    client = logged_in(superuser())
    for path in ("new/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        assert client.post(f"{url(viewset, 'index')}{path}", {"status": "failed"}).status_code == 404
    page = client.get(url(viewset, "inspect", row.pk)).content.decode()
    assert f"/edit/{row.pk}/" not in page
    assert f"/delete/{row.pk}/" not in page


def test_bulk_actions_do_not_reach_these_models(world: World) -> None:
    for user in (superuser(), staff_owner(), manager()):
        client = logged_in(user)
        for model in ("mailing", "message", "recipient", "run", "delivery", "attempt"):
            for label in (f"campaigns/{model}", f"campaigns.{model}"):
                response = client.post(f"/admin/bulk/{label}/delete/?id=all")
                assert response.status_code in (302, 404), (model, response.status_code)
    assert world.is_untouched()


def test_who_has_no_business_in_the_admin_gets_nowhere(world: World) -> None:
    for user in (world.owner, person()):
        client = logged_in(user)
        for viewset, row in world.owned().items():
            for address in (url(viewset, "index"), url(viewset, "edit", row.pk), url(viewset, "add")):
                assert client.get(address).status_code in (302, 403), address
    editor = logged_in(person("Content managers", is_staff=True))
    for viewset in (*OWNED, *JOURNAL):
        assert editor.get(url(viewset, "index")).headers["Location"] == "/admin/"
    assert "Campaigns" not in editor.get("/admin/").content.decode()


def test_lists_are_searched_filtered_and_sorted(world: World) -> None:
    client = logged_in(superuser())
    for viewset, query in (
        ("campaign_mailings", {"q": "Secret", "status": "created", "ordering": "-sent_sum", "disabled": "false"}),
        ("campaign_messages", {"q": "Secret", "ordering": "owner__email", "owner": world.owner.pk}),
        ("campaign_recipients", {"q": "secret@", "state": "active", "ordering": "email"}),
        ("campaign_runs", {"status": "running", "ordering": "-sent", "mailing": world.running.pk}),
        ("campaign_deliveries", {"q": world.delivery.email, "status": "queued", "mailing": world.running.pk}),
        ("campaign_attempts", {"q": world.delivery.email, "status": "sent", "mailing": world.running.pk}),
    ):
        page = client.get(url(viewset, "index"), query)
        assert page.status_code == 200, viewset
        assert page.context["items_count"] >= 1, viewset
        assert client.get(url(viewset, "index"), {"q": "\0", "ordering": "nonsense", "p": "x"}).status_code == 200


@pytest.mark.parametrize("viewset", [*OWNED, *JOURNAL])
def test_lists_take_as_many_queries_for_many_rows_as_for_few(viewset: str, django_assert_max_num_queries: Any) -> None:
    user = superuser()
    client = logged_in(user)
    for _number in range(12):
        delivery = DeliveryFactory(run=RunFactory(mailing__owner=owner()))
        Attempt.objects.create(delivery=delivery, at=timezone.now(), status="sent", code=250, response="250 ok")
    client.get(url(viewset, "index"))
    with django_assert_max_num_queries(22):
        assert client.get(url(viewset, "index")).status_code == 200
