"""Mailings through kills: real processes, a real mail server, real addresses; nobody lost, nobody twice."""

import signal
import time
from collections.abc import Iterator

import psycopg2
import pytest

from tests.mailing_site import RECIPIENTS, MailingSite, assert_nobody_lost_or_doubled, mail_server
from tests.running_site import RunningSite, fresh_postgres

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("mailings"),
    pytest.mark.skipif(not RECIPIENTS.exists(), reason=f"the real addresses are not here: {RECIPIENTS}"),
]
COUNT = 1000


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
