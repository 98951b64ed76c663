"""What a server's answer means for one recipient (RFC 5321 4.2, RFC 3463)."""

import re
from enum import Enum

from campaigns.delivery.envelopes import Reply

ENHANCED = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
# The address itself is wrong: bad mailbox, bad system, bad syntax, moved, null MX. Not 5.1.7 and 5.1.8: ours is.
NO_SUCH_ADDRESS = {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}


class Verdict(Enum):
    """What follows."""

    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    # Failed, and not to be written to again by this owner.
    BOUNCED = "bounced"
    # Refused by policy: final for one recipient; by three domains it is us whom the server refuses.
    POLICY = "policy"
    IN_DOUBT = "in_doubt"
    # 421: the server is going away and has not taken the message. Nobody's attempt.
    NOT_TAKEN = "not_taken"


def classify(reply: Reply) -> Verdict:
    """The verdict on a reply to RCPT, DATA or the body.

    A 4.7.x is deferred like any 4xx: greylisting says so to everybody at first, and an attempt is what it waits for.
    """
    if reply.code is None:
        return Verdict.FAILED
    if 200 <= reply.code < 300:
        return Verdict.SENT
    if reply.code == 421:
        return Verdict.NOT_TAKEN
    if 400 <= reply.code < 500:
        return Verdict.DEFERRED
    if not 500 <= reply.code < 600:
        return Verdict.IN_DOUBT
    enhanced = ENHANCED.match(reply.text)
    if enhanced is None:
        return Verdict.FAILED
    if enhanced[0].strip() in NO_SUCH_ADDRESS:
        return Verdict.BOUNCED
    return Verdict.POLICY if (enhanced[1], enhanced[2]) == ("5", "7") else Verdict.FAILED
