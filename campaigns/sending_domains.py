"""The domains that this site writes from: their keys, and what DNS says of them."""

import logging
import re
import time
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import addresses, dkim, dkim_keys
from campaigns.delivery.transports import way_out
from campaigns.dns import lookups, policies
from campaigns.errors import CampaignError
from campaigns.models import SendingDomain

logger = logging.getLogger(__name__)

DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]\Z")
SELECTOR = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")
RECHECK_AFTER = timedelta(hours=20)
MOST_AT_ONCE = 20
SECONDS = 30.0
NAMES: dict[str, str | Promise] = {
    "spf": gettext_lazy("SPF: who may send for the domain"),
    "dkim": gettext_lazy("DKIM: the signature’s key"),
    "dmarc": gettext_lazy("DMARC: what receivers do with mail that passes neither"),
    "mx": gettext_lazy("MX: where answers and bounces go"),
    "ptr": gettext_lazy("PTR: the sending server’s name"),
}
# The private key is stored and cannot be opened.
LOST = "lost"
STATES: dict[str, str | Promise] = {
    "right": gettext_lazy("Right"),
    "wrong": gettext_lazy("To be changed"),
    "missing": gettext_lazy("Missing"),
    "unknown": gettext_lazy("Not known: the name servers did not answer"),
    LOST: gettext_lazy("The private key cannot be read"),
    "not ours": gettext_lazy("The provider’s business"),
}


class Line(NamedTuple):
    """One check, for people."""

    key: str
    name: str
    state: str
    word: str
    found: list[str]
    record: dict[str, str]


def summary_of(row: SendingDomain) -> list[Line]:
    """What was found, in the order in which one mends it; empty before the first check."""
    lines = []
    for key, name in NAMES.items():
        if item := row.findings.get(key):
            record = {part: item[part] for part in ("name", "kind", "value")} if item.get("value") else {}
            word = str(STATES.get(item["state"], item["state"]))
            lines.append(Line(key, str(name), item["state"], word, item["found"], record))
    return lines


def add_domain(*, domain: str, selector: str = "vitrina") -> SendingDomain:
    """With a key pair of its own. Raises ValidationError by field."""
    name = addresses.ascii_domain(domain.strip().lower().rstrip("."))
    if not DOMAIN.match(name):
        raise ValidationError({"domain": _("This is not the name of a domain.")})
    if not SELECTOR.match(selector):
        raise ValidationError({"selector": _("A selector consists of small letters, digits and hyphens.")})
    if SendingDomain.objects.filter(domain=name).exists():
        raise ValidationError({"domain": _("This domain is in the list already.")})
    return SendingDomain.objects.create(domain=name, selector=selector)


def make_key(*, domain: SendingDomain) -> None:
    """A new key pair; mail is signed with it from the next connection on.

    Where there was one the selector changes: the old record must stay until mail that is on its way was read.
    """
    if domain.private_key:
        stem = re.sub(r"-\d{8,14}\Z", "", domain.selector)[:48]
        domain.selector = f"{stem}-{timezone.now():%Y%m%d%H%M%S}"
    domain.private_key = dkim_keys.sealed(dkim.new_key())
    domain.findings = {**domain.findings, "dkim": missing_key(domain)}
    domain.save(update_fields=["selector", "private_key", "findings"])


def missing_key(domain: SendingDomain) -> dict[str, Any]:
    name = f"{domain.selector}._domainkey.{domain.domain}"
    return policies.finding(policies.MISSING, name=name, kind="TXT", value=record_of(domain))


def record_of(domain: SendingDomain) -> str:
    """What belongs under the selector; empty without a key. `dkim_keys.Unreadable` when it is lost."""
    return dkim.record_of(dkim_keys.opened(domain.private_key)) if domain.private_key else ""


def check_key(domain: SendingDomain) -> dict[str, Any]:
    try:
        record = record_of(domain)
    except ValueError:
        return policies.finding(LOST, name=f"{domain.selector}._domainkey.{domain.domain}")
    if domain.private_key:
        dkim_keys.seal_anew(domain)
    return policies.careful(policies.dkim, domain.domain, domain.selector, record)


def check(*, domain: SendingDomain) -> SendingDomain:
    """Ask DNS now; takes some seconds where name servers are slow."""
    way = policies.Way(*way_out())
    if not way.include and not way.ips:
        way = way._replace(ips=addresses_of(way.host))
    name = domain.domain
    domain.findings = {
        "spf": policies.careful(policies.spf, name, way),
        "dkim": check_key(domain),
        "dmarc": policies.careful(policies.dmarc, name),
        "mx": policies.careful(policies.mx, name),
        "ptr": policies.careful(policies.ptr, way),
    }
    domain.checked_at = timezone.now()
    domain.save(update_fields=["findings", "checked_at"])
    return domain


def addresses_of(host: str) -> tuple[str, ...]:
    """Of the mail server, which is taken for the one that sends, unless MAILINGS_SENDING_IPS says better."""
    try:
        return tuple(lookups.addresses(host)) if host else ()
    except lookups.NoAnswer:
        return ()


def check_stale() -> int:
    """The daily round, some at a time; how many were checked."""
    stale = Q(checked_at__isnull=True) | Q(checked_at__lt=timezone.now() - RECHECK_AFTER)
    rows = list(SendingDomain.objects.filter(stale).order_by(F("checked_at").asc(nulls_first=True))[:MOST_AT_ONCE])
    until, checked = time.monotonic() + SECONDS, 0
    for row in rows:
        if time.monotonic() > until:
            break
        checked += 1
        try:
            check(domain=row)
        except CampaignError as error:
            SendingDomain.objects.filter(pk=row.pk).update(checked_at=timezone.now())
            logger.warning("%s: %s", row, error)
    return checked


def is_fine(row: SendingDomain) -> bool:
    states = {line.state for line in summary_of(row)}
    return bool(states) and states <= {policies.RIGHT, policies.NOT_OURS}
