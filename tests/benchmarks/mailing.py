"""The mailing engine against a sink on loopback, beside a raw pipelined client in the same run.

The sink is a process of its own that keeps nothing. Both sides use the same number of connections and send the same
messages; the engine keeps its whole ledger: claims, journal, attempts, answers, counts.
BENCH_RECIPIENTS is the size of the list (20,000).
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
from campaigns.delivery.compiled import Addressee, compile_run
from campaigns.delivery.envelopes import Envelope
from campaigns.delivery.everything import deliver_everything
from campaigns.delivery.smtp import Server, SMTPTransport
from campaigns.models import Message, Recipient, Run

Result = dict[str, Any]
BODY = "Hello {{ full_name|reader }},\n\n" + "here is what is new in our shop this week.\n" * 12


def mailing_loopback(database: str) -> Result:
    """Four connections, a sink that answers at once."""
    count = int(os.environ.get("BENCH_RECIPIENTS", "20000"))
    return measure("mailing_loopback", count=count, connections=4, delay=0.0)


def mailing_20ms(database: str) -> Result:
    """32 connections, a sink that answers after 20 ms."""
    count = int(os.environ.get("BENCH_RECIPIENTS", "20000")) // 2
    return measure("mailing_20ms", count=count, connections=32, delay=0.02)


def measure(name: str, *, count: int, connections: int, delay: float) -> Result:
    run = open_run(name, count)
    with sink(delay) as port:
        settings.EMAIL_URL, settings.EMAIL_HOST, settings.EMAIL_PORT = f"smtp://127.0.0.1:{port}", "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yardstick = count / raw_seconds(run, port, connections)
        began = time.monotonic()
        deliver_everything(stop=threading.Event(), mailing=run.mailing, number_of_connections=connections)
        rate = count / (time.monotonic() - began)
    run.refresh_from_db()
    assert run.sent == count, f"{run.sent} of {count} sent"
    print(f"  {name}: {rate:.1f}/s (raw pipelined client: {yardstick:.1f}/s)", flush=True)
    return {
        "name": name,
        "rate": round(rate, 1),
        # A message's share of the time.
        "p95_ms": round(1000 * connections / rate, 2),
        "sql": None,
        "yardstick": round(yardstick, 1),
        "ratio": round(rate / yardstick, 3),
    }


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
    compiled = compile_run(run)
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
