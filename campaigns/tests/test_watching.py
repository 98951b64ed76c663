"""What managers see of all owners, and what they decide."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from campaigns import engagement, oversight
from campaigns.errors import CampaignError
from campaigns.models import (
    AbuseReport,
    Attempt,
    ConsentWording,
    Content,
    Delivery,
    DeliveryEvent,
    Mailing,
    OwnerSettings,
    Segment,
    Suppression,
    Tag,
    Transport,
)
from campaigns.suppression import suppress
from campaigns.tests.factories import DeliveryFactory, MailingFactory, RecipientFactory, RunFactory
from campaigns.tests.worlds import logged_in, manager, owner, person, staff_owner, superuser
from campaigns.viewsets import large
from campaigns.viewsets.nouns import NOUNS
from notifications.models import Notice, OutgoingMail

pytestmark = pytest.mark.django_db

WATCHED = tuple(f"campaign_{name}" for name in ("owners", "approvals", "deliverability", "suppressions", "transport"))


def sent(**fields: Any) -> Delivery:
    delivery = DeliveryFactory(status="sent", last_code=250, last_response="250 ok", **fields)
    Attempt.objects.create(delivery=delivery, at=timezone.now(), status="sent", code=250, response="250 ok")
    return delivery  # type: ignore[no-any-return]


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_story_of_a_delivery_tells_attempts_and_events() -> None:
    delivery = sent()
    engagement.note(delivery=delivery, kind=DeliveryEvent.Kind.BOUNCED, details="mailbox gone")
    page = logged_in(manager()).get(reverse("campaign_deliveries:inspect", args=[delivery.pk])).content.decode()
    assert "250 ok" in page
    assert "mailbox gone" in page
    event = DeliveryEvent.objects.get()
    assert logged_in(manager()).get(reverse("campaign_events:inspect", args=[event.pk])).status_code == 200
    assert delivery.email in logged_in(manager()).get(reverse("campaign_events:index")).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"answer": "5"}, 1),
        ({"answer": "2"}, 1),
        ({"last_code": "550"}, 1),
        ({"last_code": "551"}, 0),
        ({"outcome": "bounced"}, 1),
        ({"status": "failed"}, 1),
        ({"q": "someone@"}, 1),
        ({"q": "SOMEONE@example.net"}, 1),
        ({"q": "nobody"}, 0),
    ],
)
def test_deliveries_are_narrowed_by_answer_outcome_and_address(query: dict[str, str], found: int) -> None:
    sent()
    failed = DeliveryFactory(status="failed", last_code=550, recipient__email="someone@example.net")
    Delivery.objects.filter(pk=failed.pk).update(bounced_at=timezone.now())
    page = logged_in(manager()).get(reverse("campaign_deliveries:index"), query)
    assert page.context["items_count"] == found


def test_lists_are_narrowed_to_an_owner() -> None:
    mine, other = sent(run__mailing__owner=owner()), sent()
    engagement.note(delivery=mine, kind=DeliveryEvent.Kind.OPENED)
    client, who = logged_in(manager()), mine.run.mailing.owner_id
    for name in ("mailings", "runs", "deliveries", "attempts", "events"):
        page = client.get(reverse(f"campaign_{name}:index"), {"owner": who})
        assert page.context["items_count"] == 1, name
        assert other.email not in page.content.decode(), name


def test_a_deleted_recipients_delivery_is_found_by_the_whole_address() -> None:
    delivery = sent(recipient__email="gone@example.net")
    delivery.recipient.delete()
    page = logged_in(manager()).get(reverse("campaign_deliveries:index"), {"q": "gone@example.net"})
    assert page.context["items_count"] == 1


def test_a_long_list_is_counted_no_further_than_anybody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "MOST_COUNTED", 2)
    run = RunFactory()
    for _number in range(4):
        DeliveryFactory(run=run)
    page = logged_in(manager()).get(reverse("campaign_deliveries:index"))
    assert page.context["items_count"] == 2
    assert "More than 2" in page.content.decode()


def test_what_the_filter_shows_is_exported_without_formulas() -> None:
    sent()
    Delivery.objects.update(last_response="=HYPERLINK(1)")
    refused = DeliveryFactory(status="failed")
    client, address = logged_in(manager()), reverse("campaign_deliveries:index")
    text = body(client.get(address, {"export": "csv", "status": "sent"})).decode()
    assert "'=HYPERLINK(1)" in text
    assert refused.email not in text
    sheet = openpyxl.load_workbook(io.BytesIO(body(client.get(address, {"export": "xlsx"})))).active
    assert sheet is not None
    assert sheet.max_row == 3
    assert b"@" not in body(logged_in(staff_owner()).get(address, {"export": "csv"}))


def test_an_export_takes_as_many_queries_for_many_rows(django_assert_max_num_queries: Any) -> None:
    client = logged_in(manager())
    for _number in range(8):
        engagement.note(delivery=sent(), kind=DeliveryEvent.Kind.OPENED)
    for name in ("mailings", "runs", "deliveries", "attempts", "events"):
        address = reverse(f"campaign_{name}:index")
        client.get(address)
        with django_assert_max_num_queries(12):
            assert body(client.get(address, {"export": "csv"})).count(b"\n") == 9, name


def test_the_preview_shows_the_frozen_message_with_placeholders_in_a_frame_that_can_do_nothing() -> None:
    delivery = sent()
    content = Content.objects.create(
        run=delivery.run, subject="Hello {{ full_name }}", html="<p>Dear {{ full_name }}</p><script>x()</script>"
    )
    client = logged_in(manager())
    page = client.get(reverse("campaign_runs:preview", args=[delivery.run_id])).content.decode()
    assert 'sandbox=""' in page
    letter = client.get(reverse("campaign_runs:letter", args=[delivery.run_id, content.pk]))
    assert "{{ full_name }}" in letter.content.decode()
    assert delivery.full_name not in letter.content.decode()
    assert "default-src 'none'" in letter["Content-Security-Policy"]
    assert "sandbox" in letter["Content-Security-Policy"]
    assert "script-src" not in letter["Content-Security-Policy"]
    assert letter["X-Frame-Options"] == "SAMEORIGIN"


def test_a_run_without_frozen_messages_shows_its_own_text() -> None:
    run = RunFactory(body="Plain words")
    client = logged_in(manager())
    assert client.get(reverse("campaign_runs:preview", args=[run.pk])).status_code == 200
    assert b"Plain words" in client.get(reverse("campaign_runs:letter", args=[run.pk, 0])).content


def test_nobody_previews_what_they_may_not_see() -> None:
    run, other = RunFactory(), RunFactory()
    content = Content.objects.create(run=run, subject="x", html="secret")
    for view, args in (("preview", [run.pk]), ("letter", [run.pk, content.pk])):
        assert logged_in(staff_owner()).get(reverse(f"campaign_runs:{view}", args=args)).status_code == 404
        editor = logged_in(person("Content managers", is_staff=True))
        assert editor.get(reverse(f"campaign_runs:{view}", args=args)).status_code == 302
    mixed = reverse("campaign_runs:letter", args=[other.pk, content.pk])
    assert logged_in(manager()).get(mixed).status_code == 404


def test_several_mailings_are_disabled_for_one_reason() -> None:
    user, mailings = manager(), [MailingFactory(owner=owner()) for _number in range(3)]
    client, address = logged_in(user), reverse("campaign_mailings:disable_many")
    ticked = [str(row.pk) for row in mailings[:2]]
    assert client.get(address).status_code == 405
    assert client.post(address, {"select": ticked}).status_code == 200
    assert not Mailing.objects.filter(disabled_at__isnull=False).exists()
    assert client.post(address, {"select": ticked, "confirmed": "1", "reason": " "}).status_code == 200
    client.post(address, {"select": ticked, "confirmed": "1", "reason": "Spam"})
    assert set(Mailing.objects.filter(disabled_reason="Spam").values_list("pk", flat=True)) == {
        row.pk for row in mailings[:2]
    }
    assert OutgoingMail.objects.count() == Notice.objects.count() == 2
    assert ModelLogEntry.objects.filter(action="campaigns.disable", user=user).count() == 2
    refused = logged_in(staff_owner()).post(address, {"select": [mailings[2].pk], "confirmed": "1", "reason": "x"})
    assert refused.headers["Location"] == "/admin/"


def test_the_owner_is_told_on_the_web_too() -> None:
    mailing = MailingFactory(owner=owner())
    oversight.stop_mailing(mailing=mailing, by=manager(), reason="Complaints")
    oversight.release_mailing(mailing=mailing, by=manager())
    first, second = Notice.objects.filter(user=mailing.owner).order_by("pk")
    assert "Complaints" in first.text
    assert "goes on" in second.text


def test_a_manager_sets_a_quota_that_is_logged_and_told() -> None:
    user, culprit = manager(), owner()
    client, address = logged_in(user), reverse("campaign_owners:quota", args=[culprit.pk])
    assert client.get(address).status_code == 200
    for wrong in ({"daily_quota": "-1", "reason": "x"}, {"daily_quota": "5", "reason": ""}):
        assert client.post(address, wrong).status_code == 200
    assert not OwnerSettings.objects.filter(daily_quota__isnull=False).exists()
    assert client.post(address, {"daily_quota": "0", "reason": "Too many bounces"}).status_code == 302
    row = OwnerSettings.objects.get(owner=culprit)
    assert (row.daily_quota, row.quota_reason) == (0, "Too many bounces")
    entry = ModelLogEntry.objects.get(action="campaigns.quota")
    assert (entry.user, entry.data["after"]) == (user, 0)
    assert "Too many bounces" in OutgoingMail.objects.get(to=culprit.email).text
    assert Notice.objects.filter(user=culprit).count() == 1
    assert "Too many bounces" in client.get(reverse("campaign_owners:owner", args=[culprit.pk])).content.decode()
    client.post(address, {"daily_quota": "", "reason": "All well"})
    row.refresh_from_db()
    assert row.daily_quota is None
    with pytest.raises(CampaignError):
        oversight.set_quota(owner=culprit, by=culprit, daily_quota=10, reason="Mine")


def test_owners_are_listed_with_their_rates(django_assert_max_num_queries: Any) -> None:
    for _number in range(5):
        RunFactory(mailing__owner=owner(), total=100, sent=100, bounced=6, complained=0)
    client = logged_in(manager())
    client.get(reverse("campaign_owners:index"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("campaign_owners:index")).content.decode()
    assert page.count("6.00 %") == 5
    assert page.count("rate-over") == 5
    assert "0.00 %" in page


def test_reports_of_abuse_are_decided_from_the_queue() -> None:
    reports = [
        AbuseReport.objects.create(
            mailing=delivery.run.mailing, delivery=delivery, reason="fraud", text="They want my card"
        )
        for delivery in (sent(run__mailing__owner=owner()) for _number in range(3))
    ]
    client = logged_in(manager())
    assert "They want my card" in client.get(reverse("campaign_abuse:index"), {"waiting": "true"}).content.decode()
    for report, name in zip(reports, ("dismiss", "stop", "block"), strict=True):
        address = reverse(f"campaign_abuse:{name}", args=[report.pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {"reason": ""}).status_code == 200
        assert client.post(address, {"reason": "Seen"}).status_code == 302
        assert client.get(address).headers["Location"] == "/admin/"
        report.refresh_from_db()
        assert report.handled_at is not None
    states = [(r.mailing.is_disabled, r.mailing.owner.is_blocked) for r in AbuseReport.objects.order_by("pk")]
    assert states == [(False, False), (True, False), (False, True)]
    for user in (staff_owner(), person("Content managers", is_staff=True)):
        assert logged_in(user).get(reverse("campaign_abuse:index")).status_code == 302


def test_an_address_is_looked_up_and_lifted_by_superusers_only() -> None:
    keeper = owner()
    suppress(owner_id=keeper.pk, emails=["gone@example.com"], reason="bounced", state="bounced")
    row = Suppression.objects.get()
    address, lift = reverse("campaign_suppressions:index"), reverse("campaign_suppressions:lift", args=[row.pk])
    client = logged_in(manager())
    assert client.get(address).status_code == 200
    page = client.post(address, {"email": " Gone@Example.com "}).content.decode()
    assert keeper.email in page
    assert lift not in page
    assert "Nobody" in client.post(address, {"email": "other@example.com"}).content.decode()
    assert client.post(lift, {"reason": "asked"}).headers["Location"] == "/admin/"
    admin = logged_in(superuser())
    assert lift in admin.post(address, {"email": "gone@example.com"}).content.decode()
    assert admin.post(lift, {"reason": ""}).status_code == 200
    assert Suppression.objects.exists()
    assert admin.post(lift, {"reason": "They asked by phone"}).status_code == 302
    assert not Suppression.objects.exists()
    assert ModelLogEntry.objects.get(action="campaigns.lift").data["reason"] == "They asked by phone"


def test_the_mail_servers_page_tells_of_trouble_and_probes() -> None:
    client, address = logged_in(manager()), reverse("campaign_transport:index")
    assert "takes messages" in client.get(address).content.decode()
    row = Transport.objects.get()
    later = timezone.now() + timedelta(hours=1)
    Transport.objects.update(open_since=timezone.now(), next_probe_at=later, response="421 go away")
    assert "421 go away" in client.get(address).content.decode()
    probe = reverse("campaign_transport:probe", args=[row.pk])
    assert client.post(probe).status_code == 302
    row.refresh_from_db()
    assert row.next_probe_at is not None
    assert row.next_probe_at < later
    assert "▲" in client.get("/admin/").content.decode()


def test_the_first_page_says_what_waits() -> None:
    delivery = sent()
    AbuseReport.objects.create(mailing=delivery.run.mailing, delivery=delivery, reason="fraud")
    Mailing.objects.filter(pk=delivery.run.mailing_id).update(status="paused", paused_for="bounces 6.0")
    page = logged_in(manager()).get("/admin/").content.decode()
    assert "report of abuse" in page
    assert "mailing paused by the site" in page
    assert "report of abuse" not in logged_in(staff_owner()).get("/admin/").content.decode()
    found = logged_in(manager()).get(reverse("campaign_mailings:index"), {"auto_paused": "true"})
    assert found.context["items_count"] == 1


def test_the_nouns_are_looked_at_and_not_changed() -> None:
    keeper = owner()
    rows = {
        "campaign_segments": Segment.objects.create(owner=keeper, name="Loyal"),
        "campaign_tags": Tag.objects.create(owner=keeper, name="vip"),
        "campaign_wordings": ConsentWording.of("I agree"),
    }
    for user in (manager(), superuser()):
        client = logged_in(user)
        for viewset in NOUNS:
            assert client.get(reverse(f"{viewset.name}:index")).status_code == 200, viewset.name
        for name, row in rows.items():
            assert client.get(reverse(f"{name}:inspect", args=[row.pk])).status_code == 200, name
            for path in ("new/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
                assert client.post(f"{reverse(f'{name}:index')}{path}", {"name": "x"}).status_code == 404
    page = logged_in(staff_owner()).get(reverse("campaign_tags:index")).content.decode()
    assert "vip" not in page


def test_the_watchers_pages_are_closed_to_everybody_else() -> None:
    assert Client().get(reverse("campaign_owners:index")).status_code == 302
    for user in (staff_owner(), person("Content managers", is_staff=True), person("Shop managers", is_staff=True)):
        client = logged_in(user)
        for name in WATCHED:
            assert client.get(reverse(f"{name}:index")).headers["Location"] == "/admin/", name
        assert client.post(reverse("campaign_owners:quota", args=[user.pk]), {"reason": "x"}).status_code == 302
    assert not OwnerSettings.objects.exists()


def test_a_superuser_does_not_edit_an_automations_hidden_mailing() -> None:
    step = MailingFactory(kind=Mailing.Kind.STEP, start=timezone.now() + timedelta(days=1))
    client = logged_in(superuser())
    for view in ("edit", "delete"):
        address = reverse(f"campaign_mailings:{view}", args=[step.pk])
        assert client.get(address).status_code == client.post(address, {}).status_code == 404
    assert Mailing.objects.filter(pk=step.pk).exists()
    assert client.get(reverse("campaign_mailings:index")).context["items_count"] == 0
    assert client.get(reverse("campaign_mailings:inspect", args=[step.pk])).status_code == 200


def test_lists_of_many_take_as_many_queries_as_of_few(django_assert_max_num_queries: Any) -> None:
    client = logged_in(manager())
    for _number in range(8):
        delivery = sent(run__mailing__owner=owner())
        engagement.note(delivery=delivery, kind=DeliveryEvent.Kind.OPENED)
        AbuseReport.objects.create(mailing=delivery.run.mailing, delivery=delivery, reason="fraud")
        Tag.objects.create(owner=RecipientFactory().owner, name="vip")
    for name in ("events", "abuse", "tags"):
        client.get(reverse(f"campaign_{name}:index"))
        with django_assert_max_num_queries(20):
            assert client.get(reverse(f"campaign_{name}:index")).status_code == 200, name


def test_deliverability_marks_who_is_over_the_limits(django_assert_max_num_queries: Any) -> None:
    good, bad = owner(), owner()
    for keeper, bounced in ((good, 1), (bad, 9)):
        RunFactory(mailing__owner=keeper, total=100, sent=100, bounced=bounced, complained=0)
    client, address = logged_in(manager()), reverse("campaign_deliverability:index")
    client.get(address)
    with django_assert_max_num_queries(14):
        page = client.get(address, {"days": "7"}).content.decode()
    assert good.email in page
    assert "▲ 9.00 %" in page
    assert "▲ 1.00 %" not in page
    table = client.get(reverse("campaign_deliverability:table", args=["owner"])).content.decode()
    assert f"{bad.email},100,100,9,9.000,0,0.000" in table
    assert client.get(reverse("campaign_deliverability:table", args=["nonsense"])).status_code == 404


def test_first_mailings_wait_in_a_queue_with_their_text_and_are_approved() -> None:
    waiting = MailingFactory(owner=owner(), status="paused", paused_for="approval", message__body="Buy <b>now</b>")
    other = MailingFactory(owner=owner(), status="paused")
    client, letter = logged_in(manager()), reverse("campaign_approvals:letter", args=[waiting.pk])
    page = client.get(reverse("campaign_approvals:index")).content.decode()
    assert waiting.owner.email in page
    assert other.owner.email not in page
    answer = client.get(letter)
    assert "Buy <b>now</b>" in answer.content.decode()
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client.get(reverse("campaign_approvals:letter", args=[other.pk])).status_code == 404
    assert "first mailing to approve" in client.get("/admin/").content.decode()
    approve = reverse("campaign_approvals:approve", args=[waiting.owner_id])
    assert logged_in(staff_owner()).post(approve).headers["Location"] == "/admin/"
    assert client.post(approve).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.status, waiting.paused_for) == ("created", "")
    assert OwnerSettings.objects.get(owner=waiting.owner).approved_at is not None
    assert OutgoingMail.objects.filter(to=waiting.owner.email).count() == 1
