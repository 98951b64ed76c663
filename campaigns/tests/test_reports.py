"""What a mailing achieved, in figures, tables and files."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.cache import caches
from django.utils import timezone

from campaigns import deliveries, engagement, owners, reports, totals
from campaigns.models import Attempt, Attribution, Delivery, Rival, Run
from campaigns.tests.factories import (
    ContentFactory,
    DeliveryFactory,
    LinkFactory,
    MessageFactory,
    RecipientFactory,
    RunFactory,
)
from campaigns.tests.test_attribution import order_after
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    caches["local"].clear()


@pytest.fixture
def run() -> Run:
    """An A/B test of two messages to six people, four of whom agreed; one opened, one opened and clicked; one order."""
    user = owner()
    wish = owners.settings_of(user)
    wish.notes_opens = wish.notes_clicks = True
    wish.save()
    sent = timezone.now() - timedelta(hours=30)
    run = RunFactory(mailing__owner=user, total=6, sent=6, opened_at=sent)
    for letter in "AB":
        message = MessageFactory(owner=user, subject=f"Letter {letter}")
        rival = Rival.objects.create(mailing=run.mailing, message=message, letter=letter)
        content = ContentFactory(run=run, rival=rival, subject=message.subject)
        LinkFactory(content=content, number=1, url="https://elsewhere.example/same")
        LinkFactory(content=content, number=2, url=f"https://elsewhere.example/{letter}")
    first, second = run.contents.order_by("pk")
    Run.objects.filter(pk=run.pk).update(winner=second.rival)
    for number in range(6):
        agreed = sent - timedelta(days=1) if number < 4 else None
        person = RecipientFactory(owner=user, email=f"reader{number}@mail.example", tracking_agreed_at=agreed)
        content = second if number % 2 else first
        row = DeliveryFactory(run=run, recipient=person, status="sent", finished_at=sent, content=content)
        Attempt.objects.create(delivery=row, at=sent, status="sent", code=250, response="=1+1 ok")
    one, two = Delivery.objects.filter(run=run).order_by("pk")[:2]
    engagement.note(delivery=one, kind="opened", at=sent + timedelta(hours=1))
    engagement.note(delivery=two, kind="opened", at=sent + timedelta(hours=3))
    link = second.links.get(number=1)
    engagement.note(delivery=two, kind="clicked", at=sent + timedelta(hours=3), link=link)
    engagement.note(delivery=one, kind="clicked", at=sent, link=first.links.get(number=1), by_machine=True)
    order = order_after(two)
    Attribution.objects.create(
        order=order, run=run, delivery=two, amount=50, refunded=20, currency="EUR", at=timezone.now()
    )
    run.refresh_from_db()
    return run


def test_the_report_has_those_who_agreed_as_its_base(run: Run) -> None:
    report = reports.report_of(run.mailing)
    assert (report.consented, report.figures.opened, report.figures.clicked) == (4, 2, 1)
    assert (report.revenue.orders, report.revenue.paid, report.revenue.kept) == (1, Decimal(50), Decimal(30))
    page = logged_in(run.mailing.owner).get(url("mailing_report", run.mailing_id)).content.decode()
    assert "25.0% of the 4 who agreed" in page
    assert "€30.00" in page


def test_links_rivals_hours_and_domains_are_told_apart(run: Run) -> None:
    report = reports.report_of(run.mailing, run)
    links = [(row.url[-4:], row.people, row.clicks, row.by_machines) for row in report.links]
    assert links == [("same", 1, 1, 1), ("le/A", 0, 0, 0), ("le/B", 0, 0, 0)]
    rivals = [
        (row.letter, row.sent, row.opened, row.clicked, row.revenue.orders, row.is_winner) for row in report.rivals
    ]
    assert rivals == [("A", 3, 1, 0, 0, False), ("B", 3, 1, 1, 1, True)]
    assert [(row.hours, row.opened, row.clicked) for row in report.hours[:3]] == [
        ("0–2", 1, 0),
        ("2–4", 1, 1),
        ("4–6", 0, 0),
    ]
    assert [(row.key, row.sent) for row in report.domains] == [("mail.example", 6)]


def test_the_reports_queries_do_not_grow(run: Run, django_assert_max_num_queries: Any) -> None:
    client = logged_in(run.mailing.owner)
    client.get(url("mailing_report", run.mailing_id))
    caches["local"].clear()
    for number in range(10):
        RunFactory(mailing=run.mailing, occurrence=run.occurrence + timedelta(days=number + 1))
    with django_assert_max_num_queries(30):
        assert client.get(url("mailing_report", run.mailing_id)).status_code == 200


@pytest.mark.parametrize(
    ("state", "words", "number"),
    [("", "", 6), ("sent", "", 6), ("failed", "", 0), ("opened", "", 2), ("clicked", "", 1), ("bounced", "", 0)]
    + [("", "reader3", 1), ("", "READER3@mail.example", 1), ("", "@mail", 6), ("opened", "reader5", 0)],
)
def test_deliveries_are_found_by_state_and_address(run: Run, state: str, words: str, number: int) -> None:
    assert deliveries.found(runs=[run.pk], state=state, words=words).count() == number
    client = logged_in(run.mailing.owner)
    page = client.get(url("mailing_deliveries", run.mailing_id), {"state": state, "q": words})
    assert len(page.context["page"].rows) == number


def test_pages_lead_there_and_back(run: Run, monkeypatch: Any) -> None:
    monkeypatch.setattr(deliveries, "PAGE_SIZE", 2)
    rows = deliveries.found(runs=[run.pk])
    first = deliveries.page_of(rows)
    second = deliveries.page_of(rows, after=first.older)
    third = deliveries.page_of(rows, after=second.older)
    keys = [row.pk for page in (first, second, third) for row in page.rows]
    assert keys == list(rows.order_by("-pk").values_list("pk", flat=True))
    assert (first.newer, third.older) == (None, None)
    assert deliveries.page_of(rows, before=third.newer).rows == second.rows
    assert deliveries.page_of(rows, before=second.newer).newer is None


def test_a_delivery_tells_its_whole_story(run: Run) -> None:
    row = Delivery.objects.get(email="reader1@mail.example")
    page = logged_in(run.mailing.owner).get(url("delivery_detail", row.pk)).content.decode()
    assert page.index("=1+1 ok") < page.index("Opened</span>") < page.index("https://elsewhere.example/same")
    assert "Letter B" in page
    assert "€50.00" in page
    assert logged_in(owner()).get(url("delivery_detail", row.pk)).status_code == 404


def test_the_export_has_no_formula_in_it(run: Run) -> None:
    client = logged_in(run.mailing.owner)
    text = b"".join(client.get(url("mailing_report_csv", run.mailing_id), {"state": "clicked"})).decode("utf-8-sig")
    assert len(text.splitlines()) == 2
    assert ",'=1+1 ok," in text
    data = b"".join(client.get(url("mailing_report_xlsx", run.mailing_id)))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert (sheet.max_row, sheet["G2"].value) == (7, "'=1+1 ok")


def test_totals_put_mailings_beside_one_another(run: Run, django_assert_max_num_queries: Any) -> None:
    user = run.mailing.owner
    for number in range(5):
        RunFactory(
            mailing__owner=user, total=3, sent=2, failed=1, opened_at=timezone.now() - timedelta(days=40 + number)
        )
    assert [len(totals.totals_of(user, days=days).rows) for days in (30, 90)] == [1, 6]
    with django_assert_max_num_queries(12):
        found = totals.totals_of(user, days=90)
    assert (found.figures.sent, found.revenue.kept, found.consented) == (16, Decimal(30), 4)
    assert sum(row.sent for row in found.calendar) == 16
    assert found.rows[0].revenue.orders == 1
    client = logged_in(user)
    client.get(url("statistics"))
    with django_assert_max_num_queries(25):
        assert client.get(url("statistics"), {"days": "90"}).status_code == 200


def test_no_owner_sees_anothers_figures(run: Run) -> None:
    stranger = owner()
    found = totals.totals_of(stranger, days=365)
    assert (found.figures.total, found.revenue.orders, found.rows) == (0, 0, [])
    for name in ("mailing_report", "mailing_report_csv", "mailing_report_xlsx", "mailing_deliveries"):
        assert logged_in(stranger).get(url(name, run.mailing_id)).status_code == 404
