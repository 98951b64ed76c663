"""The mailing engine against a sink on loopback, beside a raw pipelined client in the same run.

The sink is a process of its own that keeps nothing. Both sides use the same number of connections and send the same
messages; the engine keeps its whole ledger: claims, journal, attempts, answers, counts. What the ledger takes with
neither server nor message (`ledger.py`) is the other limit: the lower one is the floor of the table.
BENCH_RECIPIENTS is the size of the list (20,000), BENCH_RUN the one of the run that is only opened (1,000,000).
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from campaigns import mailings, runs
from campaigns.delivery.compiled import compile_content
from campaigns.delivery.envelopes import Envelope
from campaigns.delivery.everything import deliver_everything
from campaigns.delivery.gaps import Addressee
from campaigns.delivery.smtp import Server, SMTPTransport
from campaigns.models import Message, Recipient, Run
from tests.benchmarks import ledger, mailing_pages

Result = dict[str, Any]
RATES: dict[str, float] = {}
BODY = "Hello {{ full_name|reader }},\n\n" + "here is what is new in our shop this week.\n" * 12


def run_all(database: str) -> list[Result]:
    return [
        mailing_loopback(database),
        mailing_20ms(database),
        post_office(),
        *mailing_pages.run(int(os.environ.get("BENCH_RUN", "1000000"))),
    ]


def size() -> int:
    return int(os.environ.get("BENCH_RECIPIENTS", "20000"))


def mailing_loopback(database: str) -> Result:
    """Four connections, a sink that answers at once."""
    return measure("mailing_loopback", count=size(), connections=4, delay=0.0, target=0.6)


def mailing_20ms(database: str) -> Result:
    """32 connections, a sink that answers after 20 ms."""
    return measure("mailing_20ms", count=size() // 2, connections=32, delay=0.02, target=0.8)


def measure(name: str, *, count: int, connections: int, delay: float, target: float) -> Result:
    limit = count / ledger.seconds(open_run(f"{name}_ledger", count), connections)
    run = open_run(name, count)
    with sink(delay) as port:
        use(port)
        raw = count / raw_seconds(run, port, connections)
        with watched_memory() as memory:
            began = time.monotonic()
            deliver_everything(stop=threading.Event(), mailing=run.mailing, number_of_connections=connections)
            rate = count / (time.monotonic() - began)
    run.refresh_from_db()
    assert run.sent == count, f"{run.sent} of {count} sent"
    RATES[name] = rate
    mix = f"{connections} connections; raw client {raw:.0f}/s, ledger {limit:.0f}/s; {memory[0]} MB a worker"
    return result(name, rate, yardstick=min(raw, limit), target=target, mix=mix, connections=connections)


def post_office() -> Result:
    """The same over the same sink by django-post_office; our rate is to be eight times its own."""
    count = max(size() // 10, 500)
    script = [sys.executable, "-m", "tests.benchmarks.post_office", str(count), "2"]
    with sink(0.0) as port:
        environment = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        done = subprocess.run(script, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    taken, rate = done.stdout.split()[-2:]
    ours = RATES["mailing_loopback"]
    mix = f"mailing_loopback over django-post_office with 2 processes ({taken} of {count} sent)"
    return result("against_post_office", ours, yardstick=float(rate), target=8, mix=mix, connections=4)


def use(port: int) -> None:
    settings.EMAIL_URL, settings.EMAIL_HOST, settings.EMAIL_PORT = f"smtp://127.0.0.1:{port}", "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


def result(name: str, rate: float, *, yardstick: float, target: float, mix: str, connections: int) -> Result:
    found = {
        "name": name,
        "rate": round(rate, 1),
        # A message's share of the time.
        "p95_ms": round(1000 * connections / rate, 2),
        "sql": None,
        "yardstick": round(yardstick, 1),
        "ratio": round(rate / yardstick, 3),
        "target": target,
        "mix": mix,
    }
    print(f"  {name}: {found['rate']}/s, ratio {found['ratio']} (target {target}): {mix}", flush=True)
    return found


@contextmanager
def watched_memory() -> Iterator[list[int]]:
    """Afterwards the list has the most megabytes that one of our workers held."""
    script = [sys.executable, str(Path(__file__).with_name("memory_watch.py")), str(os.getpid())]
    most: list[int] = []
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield most
        finally:
            most.append(int(process.communicate("")[0] or 0))


def open_run(name: str, count: int) -> Run:
    owner = User.objects.create_user(f"{name}-{time.time_ns()}@example.com")
    Recipient.objects.bulk_create(
        (
            Recipient(
                owner=owner,
                email=f"reader{number}@domain{number % 997}.example",
                full_name=f"Анна Читатель {number}",
                consent_basis=Recipient.Consent.OPT_IN,
                state=Recipient.State.ACTIVE,
            )
            for number in range(count)
        ),
        batch_size=2000,
    )
    message = Message.objects.create(owner=owner, subject="News for {{ full_name|you }}", body=BODY)
    mailing = mailings.schedule_mailing(owner=owner, message=message, recipients=None, start=timezone.now())
    runs.open_due_runs(mailing=mailing)
    return mailing.runs.get()


def raw_seconds(run: Run, port: int, connections: int) -> float:
    """The same messages, made beforehand, over as many pipelined connections, without any ledger."""
    compiled = compile_content(run.contents.get())
    rows = run.deliveries.values_list("pk", "email", "full_name")
    envelopes = [compiled.envelope(Addressee(*row)) for row in rows]
    shares = [envelopes[number::connections] for number in range(connections)]
    threads = [threading.Thread(target=send_raw, args=(share, port)) for share in shares]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def send_raw(envelopes: list[Envelope], port: int) -> None:
    transport = SMTPTransport(Server(host="127.0.0.1", port=port))
    transport.open()
    for _envelope, reply in transport.transmit(iter(envelopes), lambda delivery: None):
        assert reply.code == 250, reply
    transport.close()


@contextmanager
def sink(delay: float) -> Iterator[int]:
    command = [sys.executable, str(Path(__file__).with_name("smtp_sink.py")), str(delay)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()
