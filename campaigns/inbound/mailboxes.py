"""Where bounces are fetched: a mailbox by IMAP, or a maildir that the mail server writes to."""

import contextlib
import imaplib
import os
import ssl
import time
from collections import Counter
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from campaigns.errors import CampaignError
from campaigns.inbound.reading import NO_REPORT, UNKNOWN, take

# Reports stand at the beginning; what follows is the mail that is returned.
READ_BYTES = 512 * 1024
MOST_AT_ONCE = 500
SECONDS = 30.0
TIMEOUT = 10.0
# Set on mails that were looked at and are left to people.
LOOKED_AT = "VitrinaLookedAt"


def read_bounces() -> Counter[str]:
    """Read what is new in the mailbox of MAILINGS_INBOX_URL; how many there were of each kind."""
    url = urlsplit(settings.MAILINGS_INBOX_URL)
    if not url.scheme:
        return Counter()
    if url.scheme == "maildir":
        return read_maildir(Path(unquote(url.path)))
    if url.scheme in ("imaps", "imap"):
        try:
            return read_imap(url)
        except (OSError, imaplib.IMAP4.error) as error:
            raise CampaignError(_("The mailbox for bounces cannot be read: %(error)s") % {"error": error}) from error
    raise CampaignError(_("MAILINGS_INBOX_URL names neither imaps:// nor maildir://."))


def is_left_to_people(kind: str) -> bool:
    return kind in (UNKNOWN, NO_REPORT)


def read_maildir(directory: Path) -> Counter[str]:
    """`new/` is read; reports go to `cur/` as seen, other mail goes there unseen, for people."""
    counts: Counter[str] = Counter()
    new, until = directory / "new", time.monotonic() + SECONDS
    if not new.is_dir():
        raise CampaignError(_("%(path)s is no maildir.") % {"path": directory})
    for name in sorted(os.listdir(new))[:MOST_AT_ONCE]:  # noqa: PTH208 - names are all that is needed
        if time.monotonic() > until:
            break
        try:
            with (new / name).open("rb") as file:
                kind = take(file.read(READ_BYTES))
        except FileNotFoundError:
            # Another reader has moved it.
            continue
        counts[kind] += 1
        flags = ":2," if is_left_to_people(kind) else ":2,S"
        with contextlib.suppress(FileNotFoundError):
            (new / name).rename(directory / "cur" / f"{name}{flags}")
    return counts


def read_imap(url: SplitResult) -> Counter[str]:
    """Unread mail; reports become read, other mail stays unread, for people."""
    host, folder = url.hostname or "localhost", unquote(url.path.strip("/")) or "INBOX"
    client: imaplib.IMAP4
    if url.scheme == "imaps":
        context = ssl.create_default_context()
        client = imaplib.IMAP4_SSL(host, url.port or 993, timeout=TIMEOUT, ssl_context=context)
    else:
        client = imaplib.IMAP4(host, url.port or 143, timeout=TIMEOUT)
    try:
        client.login(unquote(url.username or ""), unquote(url.password or ""))
        answer, data = client.select(f'"{folder}"')
        if answer != "OK":
            raise imaplib.IMAP4.error(f"{folder}: {data[0]!r}")
        return read_unseen(client)
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            client.logout()


def read_unseen(client: imaplib.IMAP4) -> Counter[str]:
    counts: Counter[str] = Counter()
    until = time.monotonic() + SECONDS
    answer, data = client.uid("SEARCH", "UNSEEN", "UNKEYWORD", LOOKED_AT)
    if answer != "OK":
        raise imaplib.IMAP4.error(f"SEARCH: {data[0]!r}")
    for uid in (data[0] or b"").split()[:MOST_AT_ONCE]:
        if time.monotonic() > until:
            break
        # PEEK: a mail that fails to be read stays unread; the range: nobody's 10 MB come over the wire.
        _answer, fetched = client.uid("FETCH", uid.decode(), f"(BODY.PEEK[]<0.{READ_BYTES}>)")
        mail = next((item[1] for item in fetched if isinstance(item, tuple)), None)
        if mail is None:
            continue
        kind = take(mail)
        counts[kind] += 1
        flag = LOOKED_AT if is_left_to_people(kind) else r"\Seen"
        # Not every server keeps flags of one's own; then the digest tells that it was looked at.
        with contextlib.suppress(imaplib.IMAP4.error):
            client.uid("STORE", uid.decode(), "+FLAGS", f"({flag})")
    return counts
