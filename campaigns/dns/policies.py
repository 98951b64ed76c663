"""Whether a domain's records are right for mail from here, and what to publish where they are not."""

import ipaddress
from collections.abc import Callable
from typing import Any, NamedTuple

from campaigns.dns import lookups

RIGHT, WRONG, MISSING, UNKNOWN, NOT_OURS = "right", "wrong", "missing", "unknown", "not ours"
MOST_LOOKUPS = 10


class Way(NamedTuple):
    """How mail leaves this site: from these addresses, or through a provider whose SPF record is to be included."""

    ips: tuple[str, ...] = ()
    host: str = ""
    include: str = ""


def finding(
    state: str, *, found: list[str] | None = None, name: str = "", kind: str = "", value: str = ""
) -> dict[str, Any]:
    """As `SendingDomain.findings` keeps it; name, kind and value: the record to publish."""
    return {"state": state, "found": found or [], "name": name, "kind": kind, "value": value}


def careful(check: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """A check whose name servers may stay silent."""
    try:
        return check(*arguments)
    except lookups.NoAnswer as error:
        return finding(UNKNOWN, found=[str(error)[:300]])


def spf(domain: str, way: Way) -> dict[str, Any]:
    records = [text for text in lookups.texts(domain) if text.lower().split(" ")[0] == "v=spf1"]
    ours = f"include:{way.include}" if way.include else " ".join(mechanism(ip) for ip in way.ips) or f"a:{way.host}"
    if not records:
        return finding(MISSING, name=domain, kind="TXT", value=f"v=spf1 {ours} ~all")
    terms = records[0].split()
    # Ours comes before `all`, which ends the reading.
    ending = [term for term in terms if term.lower().lstrip("+-~?") == "all" or term.lower().startswith("redirect=")]
    better = " ".join([*(term for term in terms if term not in ending), ours, *(ending or ["~all"])])
    advice: dict[str, Any] = {"found": records, "name": domain, "kind": "TXT", "value": better}
    if len(records) > 1:
        return finding(WRONG, **advice)
    if way.include:
        includes = any(term.lower().lstrip("+") == f"include:{way.include}" for term in terms)
        return finding(RIGHT, found=records) if includes else finding(WRONG, **advice)
    if way.ips and all(allows(domain, ip, [MOST_LOOKUPS]) for ip in way.ips):
        return finding(RIGHT, found=records)
    return finding(WRONG, **advice)


def mechanism(ip: str) -> str:
    return f"ip{ipaddress.ip_address(ip).version}:{ip}"


def allows(domain: str, ip: str, left: list[int]) -> bool:
    """Whether the domain's SPF record lets this address send: the mechanisms that are in use (RFC 7208 5)."""
    record = next((text for text in lookups.texts(domain) if text.lower().startswith("v=spf1")), "")
    for term in record.split()[1:]:
        name, _colon, value = term.lower().lstrip("+").partition(":")
        if name in ("ip4", "ip6") and within(ip, value):
            return True
        if name.startswith("redirect="):
            name, value = "include", name.partition("=")[2]
        if name not in ("a", "mx", "include") or left[0] <= 0:
            continue
        left[0] -= 1
        if name == "include":
            if allows(value, ip, left):
                return True
        else:
            hosts = lookups.exchangers(value or domain) if name == "mx" else [value or domain]
            if any(same(ip, other) for host in hosts for other in lookups.addresses(host)):
                return True
    return False


def within(ip: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(ip) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def same(ip: str, other: str) -> bool:
    return ipaddress.ip_address(ip) == ipaddress.ip_address(other)


def dkim(domain: str, selector: str, record: str) -> dict[str, Any]:
    """`record` is what belongs there; empty: there is no key yet."""
    if not record:
        return finding(MISSING)
    name = f"{selector}._domainkey.{domain}"
    found = lookups.texts(name)
    advice: dict[str, Any] = {"name": name, "kind": "TXT", "value": record}
    if not found:
        return finding(MISSING, **advice)
    is_right = any(tags(text).get("p") == tags(record)["p"] for text in found)
    return finding(RIGHT, found=found) if is_right else finding(WRONG, found=found, **advice)


def tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";") if "=" in part)
    return {name.strip().lower(): "".join(value.split()) for name, _equals, value in pairs}


def dmarc(domain: str) -> dict[str, Any]:
    """At the domain itself, else at the one above it (RFC 7489 6.6.3, without the public suffix list)."""
    above = domain.partition(".")[2]
    for name in (domain, above) if "." in above else (domain,):
        found = [text for text in lookups.texts(f"_dmarc.{name}") if tags(text).get("v") == "DMARC1"]
        if found:
            policy = tags(found[0]).get("sp" if name != domain else "p", "") or tags(found[0]).get("p", "none")
            state = RIGHT if len(found) == 1 else WRONG
            return {**finding(state, found=found), "policy": policy.lower()}
    value = f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}"
    return finding(MISSING, name=f"_dmarc.{domain}", kind="TXT", value=value)


def mx(domain: str) -> dict[str, Any]:
    """Where nothing takes mail, bounces and answers are lost and many receivers refuse the sender."""
    hosts = lookups.exchangers(domain)
    return (
        finding(RIGHT, found=hosts) if hosts else finding(MISSING, name=domain, kind="MX", value=f"10 mail.{domain}.")
    )


def ptr(way: Way) -> dict[str, Any]:
    """Each address has a name, and the name leads back to it."""
    if way.include:
        return finding(NOT_OURS)
    found, state = [], RIGHT if way.ips else UNKNOWN
    for ip in way.ips:
        names = lookups.names_of(ip)
        found.append(f"{ip} → {', '.join(names) or '–'}")
        if not any(same(ip, other) for name in names for other in lookups.addresses(name)):
            state = WRONG if names else MISSING
    return finding(state, found=found)
