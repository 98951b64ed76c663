"""Mailings through kills: real processes, a real mail server, real addresses; nobody lost, nobody twice."""

import signal
import time
import urllib.request
from collections.abc import Iterator

import psycopg2
import pytest

from tests.mailing_site import RECIPIENTS, MailingSite, assert_nobody_lost_or_doubled, mail_server
from tests.running_site import RunningSite, fresh_postgres, wait_for

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("mailings"),
    pytest.mark.skipif(not RECIPIENTS.exists(), reason=f"the real addresses are not here: {RECIPIENTS}"),
]
COUNT = 1000
# The row of somebody in the middle of the list, by another transaction: whoever comes to it has to wait for that one.
MIDDLE = """
INSERT INTO campaigns_delivery (run_id, recipient_id, email, full_name, status, tries, next_try_at, last_response,
    attributes, occasion)
SELECT run.id, recipient.id, recipient.email, '', 'queued', 0, now(), '', '{}', ''
FROM campaigns_run run JOIN campaigns_mailing mailing ON mailing.id = run.mailing_id
    JOIN campaigns_recipient recipient ON recipient.owner_id = mailing.owner_id
WHERE run.id = %s ORDER BY recipient.id OFFSET %s LIMIT 1
"""
WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO campaigns_delivery%%'"
)
OWN_MAIL = """
from campaigns.tasks import tick
from notifications.outgoing import queue_mail
tick()
queue_mail(kind="opt_in", to="buyer@example.com", context={"sender": "Vitrina", "url": "https://example.com/"})
"""


@pytest.fixture(scope="module")
def mailings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailingSite]:
    with fresh_postgres() as database_url:
        site = RunningSite(tmp_path_factory.mktemp("mailings"), database_url=database_url, LOG_LEVEL="WARNING")
        site.prepare()
        try:
            yield MailingSite(site)
        finally:
            site.stop()


def test_a_thousand_real_recipients_get_it_once_each(mailings: MailingSite) -> None:
    with mail_server(mailings.site.var) as server:
        mailings.use(server)
        mailing = mailings.launch(COUNT)
        assert mailings.sender().wait(120) == 0
        assert_nobody_lost_or_doubled(mailings.report(mailing), server.taken(), count=COUNT, doubts=0)
        assert mailings.report(mailing)["attempts"] == COUNT


def test_a_sender_that_is_killed_four_times_loses_nobody_and_doubles_nobody(mailings: MailingSite) -> None:
    with mail_server(mailings.site.var, delay=0.002) as server:
        mailings.use(server)
        mailing = mailings.launch(COUNT)
        for kill in range(1, 5):
            sender = mailings.sender("--connections", "2")
            server.wait_for(kill * 170)
            sender.kill()
            sender.wait()
        assert mailings.sender().wait(120) == 0
        assert_nobody_lost_or_doubled(mailings.report(mailing), server.taken(), count=COUNT, doubts=4 * 2)


def test_the_clusters_worker_is_killed_while_the_command_sends_too(mailings: MailingSite) -> None:
    with mail_server(mailings.site.var, delay=0.004) as server:
        mailings.use(server)
        mailings.site.start("worker", "sender")
        mailing = mailings.launch(COUNT)
        server.wait_for(150)
        mailings.site.kill("sender")
        command = mailings.sender("--mailing", str(mailing), "--connections", "1")
        mailings.site.start("sender")
        mailings.tick()
        server.wait_for(COUNT - 8)
        command.wait(60)
        mailings.site.kill("worker")
        mailings.site.kill("sender", signal.SIGTERM)
        assert mailings.sender().wait(60) == 0
        assert_nobody_lost_or_doubled(mailings.report(mailing), server.taken(), count=COUNT, doubts=2)


def test_three_commands_at_once_share_the_work(mailings: MailingSite) -> None:
    with mail_server(mailings.site.var, delay=0.001) as server:
        mailings.use(server)
        mailing = mailings.launch(COUNT)
        senders = [mailings.sender("--connections", "2") for _number in range(3)]
        assert [sender.wait(120) for sender in senders] == [0, 0, 0]
        assert_nobody_lost_or_doubled(mailings.report(mailing), server.taken(), count=COUNT, doubts=0)


def test_sigterm_stops_promptly_and_leaves_nothing_in_doubt(mailings: MailingSite) -> None:
    with mail_server(mailings.site.var, delay=0.01) as server:
        mailings.use(server)
        mailing = mailings.launch(300)
        sender = mailings.sender("--connections", "2")
        server.wait_for(40)
        sender.terminate()
        asked = time.monotonic()
        sender.wait(10)
        assert time.monotonic() - asked < 5
        report = mailings.report(mailing)
        assert report["claims"] == 0
        assert report["statuses"] == {"sent": len(server.taken()), "queued": 300 - len(server.taken())}
        assert mailings.sender("--connections", "4").wait(120) == 0
        assert_nobody_lost_or_doubled(mailings.report(mailing), server.taken(), count=300, doubts=0)


def test_what_waits_while_the_server_is_down_is_delivered_later(mailings: MailingSite) -> None:
    with mail_server(mailings.site.var) as gone:
        mailings.use(gone)
    mailing = mailings.launch(200)
    assert mailings.sender().wait(60) == 0
    report = mailings.report(mailing)
    assert (report["statuses"], report["attempts"]) == ({"queued": 200}, 0)
    with mail_server(mailings.site.var) as server:
        mailings.use(server)
        assert mailings.sender().wait(60) == 0
        assert_nobody_lost_or_doubled(mailings.report(mailing), server.taken(), count=200, doubts=0)


def test_a_database_that_drops_its_connections_in_mid_run_costs_nobody_anything(mailings: MailingSite) -> None:
    url = mailings.site.environment["DATABASE_URL"]
    if not url:
        pytest.skip("SQLite has no server to restart; set TEST_DATABASE_URL")
    with mail_server(mailings.site.var, delay=0.002) as server:
        mailings.use(server)
        mailing = mailings.launch(COUNT)
        sender = mailings.sender("--connections", "2")
        for count in (200, 500):
            server.wait_for(count)
            with psycopg2.connect(url) as connection, connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            connection.close()
        assert sender.wait(120) == 0
        assert_nobody_lost_or_doubled(mailings.report(mailing), server.taken(), count=COUNT, doubts=0)


def test_a_tick_that_is_killed_while_it_fills_a_run_leaves_nobody_out(mailings: MailingSite) -> None:
    url = mailings.site.environment["DATABASE_URL"]
    if not url:
        pytest.skip("holding the tick up in the middle takes a second writer; set TEST_DATABASE_URL")
    mailing = mailings.launch(COUNT)
    run = mailings.open(mailing)
    middle, watching = psycopg2.connect(url), psycopg2.connect(url)
    watching.autocommit = True
    with middle.cursor() as cursor, watching.cursor() as look:
        cursor.execute(MIDDLE, [run, COUNT // 2])

        def is_in_the_middle() -> object:
            look.execute(WAITING)
            return look.fetchone()

        tick = mailings.tick_that_may_die()
        wait_for(is_in_the_middle, "the tick has come to the middle")
        tick.kill()
        tick.wait()
    middle.rollback()
    middle.close()
    watching.close()
    with mail_server(mailings.site.var) as server:
        mailings.use(server)
        assert mailings.sender("--mailing", str(mailing)).wait(240) == 0
        assert_nobody_lost_or_doubled(mailings.report(mailing), server.taken(), count=COUNT, doubts=0)


def test_two_clusters_the_command_and_ticks_at_once_send_once(mailings: MailingSite) -> None:
    if not mailings.site.environment["DATABASE_URL"]:
        pytest.skip("SQLite has one writer; set TEST_DATABASE_URL")
    with mail_server(mailings.site.var, delay=0.004) as server:
        mailings.use(server)
        other = RunningSite(mailings.site.var)
        other.environment = mailings.site.environment
        mailings.site.start("worker", "sender")
        other.start("sender")
        try:
            mailing = mailings.launch(COUNT)
            command = mailings.sender("--mailing", str(mailing), "--connections", "2")
            mailings.tick()
            server.wait_for(COUNT)
            assert command.wait(120) == 0
        finally:
            mailings.site.kill("worker", signal.SIGTERM)
            mailings.site.kill("sender", signal.SIGTERM)
            other.kill("sender", signal.SIGTERM)
        assert mailings.sender().wait(120) == 0
        assert_nobody_lost_or_doubled(mailings.report(mailing), server.taken(), count=COUNT, doubts=0)


def test_a_mail_server_that_hangs_stops_neither_pages_nor_the_shops_own_mail(mailings: MailingSite) -> None:
    site, outbox = mailings.site, mailings.site.var / "outbox"
    with mail_server(site.var, fault="hang_after_data", at_messages=list(range(3, 100))) as hanging:
        mailings.use(hanging)
        site.environment |= {"MAILINGS_URL": site.environment["EMAIL_URL"], "EMAIL_URL": "outbox://"}
        try:
            site.start("web", "sender")
            mailing = mailings.launch(30)
            site.manage("shell", "--no-imports", "-c", OWN_MAIL)
            hanging.wait_for(2)
            for path in ("/accounts/login/", "/outbox/", "/healthz"):
                with urllib.request.urlopen(site.url + path, timeout=60) as answer:
                    assert answer.status == 200
            wait_for(
                lambda: any(b"buyer@example.com" in mail.read_bytes() for mail in outbox.glob("*.eml")), "own mail"
            )
        finally:
            site.stop()
            del site.environment["MAILINGS_URL"]
    with mail_server(site.var) as server:
        mailings.use(server)
        assert mailings.sender().wait(120) == 0
        taken = hanging.taken() + server.taken()
        assert_nobody_lost_or_doubled(mailings.report(mailing), taken, count=30, doubts=28)
