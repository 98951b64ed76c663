"""A site with a list of real addresses and a mail server in a process of its own, for crash tests."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.running_site import ROOT, RunningSite

RECIPIENTS = ROOT.parent / "shared" / "data" / "recipients_100k.csv.gz"
LAUNCH = """
import csv, gzip, itertools
from accounts.models import User
from campaigns import mailings
from campaigns.models import Message, Recipient
from django.utils import timezone
owner = User.objects.create_user('owner{number}@example.com')
with gzip.open({path!r}, 'rt', encoding='utf-8') as file:
    rows = list(itertools.islice(csv.DictReader(file), {count}))
Recipient.objects.bulk_create(
    Recipient(owner=owner, email=row['email'], full_name=f"{{row['first']}} {{row['last']}}", state='active',
              consent_basis='opt-in')
    for row in rows)
message = Message.objects.create(owner=owner, subject='For {{{{ full_name }}}}', body='Hello {{{{ full_name }}}}')
mailing = mailings.schedule_mailing(owner=owner, message=message, recipients=None, start=timezone.now())
print(mailing.pk)
"""
TICK = "from campaigns.tasks import tick; tick()"
OPEN = """
from campaigns import runs
from campaigns.models import Mailing
from django.utils import timezone
print(runs.open_run(Mailing.objects.get(pk={pk}), now=timezone.now()).pk)
"""
REPORT = """
import json
from collections import Counter
from campaigns.models import Claim, Delivery, Mailing
mailing = Mailing.objects.get(pk={pk})
run = mailing.runs.first()
rows = Delivery.objects.filter(run=run).values_list('email', 'status', 'tries')
print(json.dumps(dict(status=mailing.status, statuses=Counter(status for _, status, _ in rows),
    doubtful=[email for email, status, _ in rows if status == 'in_doubt'], emails=[email for email, _, _ in rows],
    attempts=sum(tries for _, _, tries in rows), sent=run.sent, in_doubt=run.in_doubt, claims=Claim.objects.count())))
"""


@dataclass
class MailServer:
    """What it has taken is in `log`, a recipient a line; it survives the killing of senders."""

    port: int
    log: Path

    def taken(self) -> list[str]:
        return self.log.read_text().splitlines()

    def wait_for(self, count: int, *, seconds: float = 240) -> None:
        """Until it has taken so many."""
        deadline = time.monotonic() + seconds
        while len(self.taken()) < count:
            assert time.monotonic() < deadline, f"{len(self.taken())} of {count} messages after {seconds} s"
            time.sleep(0.02)


@contextmanager
def mail_server(directory: Path, **behaviour: Any) -> Iterator[MailServer]:
    log = directory / f"taken-{time.monotonic_ns()}.log"
    log.touch()
    script = str(ROOT / "campaigns" / "tests" / "smtp_server.py")
    command = [sys.executable, script, str(log), json.dumps(behaviour)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield MailServer(int(process.stdout.readline()), log)
        finally:
            process.kill()


class MailingSite:
    """Launches mailings on a site of its own and sends them in processes that can be killed."""

    def __init__(self, site: RunningSite) -> None:
        self.site = site
        self.launched = 0

    def use(self, server: MailServer) -> None:
        self.site.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"

    def launch(self, count: int) -> int:
        """The id of a mailing to so many real addresses, due now."""
        self.launched += 1
        code = LAUNCH.format(number=self.launched, path=str(RECIPIENTS), count=count)
        return int(self.site.manage("shell", "--no-imports", "-c", code))

    def open(self, mailing: int) -> int:
        """The id of its run, in which nobody is yet."""
        return int(self.site.manage("shell", "--no-imports", "-c", OPEN.format(pk=mailing)))

    def report(self, mailing: int) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self.site.manage("shell", "--no-imports", "-c", REPORT.format(pk=mailing)))
        report["statuses"] = Counter(report["statuses"])
        return report

    def sender(self, *arguments: str) -> subprocess.Popen[bytes]:
        """`send_mailings` in a process of its own."""
        log = (self.site.var / "send_mailings.log").open("ab")
        command = [sys.executable, "manage.py", "send_mailings", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.site.environment, stdout=log, stderr=log)

    def tick(self) -> None:
        """What the scheduler does each minute."""
        self.site.manage("shell", "--no-imports", "-c", TICK)

    def tick_that_may_die(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", TICK]
        return subprocess.Popen(command, cwd=ROOT, env=self.site.environment)


def wire(email: str) -> str:
    """The address as the server sees it."""
    from campaigns.addresses import on_the_wire

    return on_the_wire(email)


def assert_nobody_lost_or_doubled(report: dict[str, Any], taken: list[str], *, count: int, doubts: int) -> None:
    """Everybody got it once; at most so many are in doubt, and those got it once or not at all."""
    times = Counter(taken)
    doubtful = {wire(email) for email in report["doubtful"]}
    everybody = {wire(email) for email in report["emails"]}
    assert len(everybody) == count
    assert max(times.values()) == 1, "somebody got it twice"
    assert everybody - set(times) <= doubtful, "somebody got nothing"
    assert set(times) <= everybody
    assert len(doubtful) <= doubts
    assert report["statuses"] == Counter(
        {name: number for name, number in (("sent", count - len(doubtful)), ("in_doubt", len(doubtful))) if number}
    )
    assert (report["sent"], report["in_doubt"]) == (count - len(doubtful), len(doubtful))
    assert (report["status"], report["claims"]) == ("completed", 0)
