"""Asking name servers, with a limit on waiting."""

from typing import Any

import dns.exception
import dns.resolver
import dns.reversename
from django.conf import settings

SECONDS = 3.0


class NoAnswer(Exception):
    """The name servers did not answer; nothing is known. The text says what happened."""


def resolver() -> dns.resolver.Resolver:
    """The system's name servers, or those of MAILINGS_DNS_SERVERS."""
    servers = settings.MAILINGS_DNS_SERVERS
    try:
        found = dns.resolver.Resolver(configure=not servers)
    except dns.exception.DNSException as error:
        raise NoAnswer(str(error)) from error
    if servers:
        found.nameservers = [server.rpartition(":")[0] or server for server in servers]
        found.port = int(servers[0].rpartition(":")[2]) if ":" in servers[0] else 53
    found.lifetime = found.timeout = SECONDS
    return found


def ask(name: str, kind: str) -> list[Any]:
    """The records; none where the name or the kind does not exist."""
    try:
        return list(resolver().resolve(name, kind))
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, ValueError) as error:
        raise NoAnswer(f"{name}: {error}") from error


def texts(name: str) -> list[str]:
    """TXT records, each with its strings joined (RFC 7208 3.3)."""
    return [b"".join(record.strings).decode(errors="replace") for record in ask(name, "TXT")]


def addresses(name: str) -> list[str]:
    return [record.address for kind in ("A", "AAAA") for record in ask(name, kind)]


def exchangers(name: str) -> list[str]:
    """Mail exchangers, the preferred first; a null MX (RFC 7505) is none."""
    records = sorted(ask(name, "MX"), key=lambda record: record.preference)
    return [host for record in records if (host := record.exchange.to_text(omit_final_dot=True)) != "."]


def names_of(ip: str) -> list[str]:
    try:
        pointer = dns.reversename.from_address(ip).to_text()
    except (dns.exception.DNSException, ValueError):
        return []
    return [record.target.to_text(omit_final_dot=True) for record in ask(pointer, "PTR")]
