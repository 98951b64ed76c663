"""One mail that came back: whose delivery it is about, written down once."""

import hmac
import re
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256

from django.db import IntegrityError, transaction

from campaigns import engagement, return_path
from campaigns.delivery.compiled import message_id
from campaigns.inbound import reports
from campaigns.models import Delivery, InboundReport

UNKNOWN, NO_REPORT = "unknown", "no report"
# Where servers write down whom the mail was really for; To last, it is often somebody else.
ADDRESSED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "original-recipient", "to", "cc")
MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(<\d+\.(\d+)\.[0-9a-f]{16}@[^>\s]+>)")


def take(data: bytes) -> str:
    """Read a mail and write down what it says; the kind that was found. The same mail again changes nothing."""
    digest = sha256(data).hexdigest()
    known = InboundReport.objects.filter(pk=digest).values_list("kind", flat=True).first()
    if known is not None:
        return known
    message = reports.read(data)
    delivery = delivery_of(message, data)
    finding = reports.finding_of(message) if delivery else None
    kind = finding.kind if finding else NO_REPORT if delivery else UNKNOWN
    subject = " ".join(str(message.get("subject", "")).split())
    details = (finding.details if finding else f"{message.get('from', '')}: {subject}").replace("\0", "")[:500]
    try:
        with transaction.atomic():
            InboundReport.objects.create(digest=digest, kind=kind, details=details)
            if delivery and finding:
                engagement.note(
                    delivery=delivery,
                    kind=finding.kind,
                    details=details,
                    source=f"mail:{digest}",
                    suppresses=finding.suppresses,
                )
    except IntegrityError:
        # Another reader was faster with the same mail.
        if not InboundReport.objects.filter(pk=digest).exists():
            raise
    return kind


def delivery_of(message: Message, data: bytes) -> Delivery | None:
    """By the return path; else by our Message-ID in the mail that is returned."""
    values = [str(value) for name in ADDRESSED for value in message.get_all(name, [])]
    for _name, email in getaddresses(values):
        if delivery := return_path.delivery_of_address(email):
            return delivery
    for found in MESSAGE_ID.finditer(data):
        if delivery := delivery_of_message_id(found[1].decode("ascii", "replace"), int(found[2])):
            return delivery
    return None


def delivery_of_message_id(text: str, number: int) -> Delivery | None:
    """The delivery whose Message-ID this is. It holds a proof: nobody makes up a bounce for others."""
    if number >= 2**63:
        return None
    delivery = Delivery.objects.select_related("run__mailing").filter(pk=number).first()
    if delivery is None:
        return None
    expected = message_id(delivery.run_id, number, text.rstrip(">").rpartition("@")[2])
    return delivery if hmac.compare_digest(expected.encode(), text.encode()) else None
