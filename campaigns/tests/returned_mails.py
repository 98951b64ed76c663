"""Mails as they come back, from servers of several makes."""

from campaigns import return_path
from campaigns.models import Delivery


def to(delivery: Delivery) -> str:
    return return_path.address(delivery=delivery.pk, sender="")


def dsn(delivery: Delivery, *, action: str = "failed", status: str = "5.1.1", diagnosis: str = "") -> bytes:
    """RFC 3464, as Postfix writes it."""
    diagnosis = diagnosis or f"smtp; 550 {status} <{delivery.email}>: no such user"
    return f"""Return-Path: <>
Delivered-To: {to(delivery)}
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: {to(delivery)}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Sat, 21 Nov 2026 20:00:00 +0000

Final-Recipient: rfc822; {delivery.email}
Action: {action}
Status: {status}
Diagnostic-Code: {diagnosis}

--b--
""".encode()


def arf(delivery: Delivery, *, kind: str = "abuse") -> bytes:
    """RFC 5965. Feedback loops write to an address of their own; the returned headers tell."""
    return f"""From: <fbl@provider.example>
To: {to(delivery)}
Subject: FW: News
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeFBL/1.0
Version: 1

--b
Content-Type: message/rfc822

Subject: News

Hello
--b--
""".encode()


def in_words(
    delivery: Delivery, text: str, *, sender: str = "MAILER-DAEMON@old.example", subject: str = "failure"
) -> bytes:
    """No MIME at all: only the return path says whom it is about."""
    return f"From: <{sender}>\nTo: {to(delivery)}\nSubject: {subject}\n\n{text}\n".encode()
