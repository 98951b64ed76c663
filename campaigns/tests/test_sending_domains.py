"""The domains that this site writes from, and what a name server says of them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns import sending_domains
from campaigns.models import SendingDomain
from campaigns.tests.name_server import Zone, name_server
from campaigns.tests.worlds import logged_in, manager, owner

pytestmark = pytest.mark.django_db
IP = "192.0.2.25"


@pytest.fixture(autouse=True)
def _way_out(settings: Any) -> None:
    settings.MAILINGS_URL = "smtp://mx.example.com:25"
    settings.MAILINGS_SENDING_IPS = [IP]


def domain(**fields: Any) -> SendingDomain:
    row = sending_domains.add_domain(domain="example.com", **fields)
    sending_domains.make_key(domain=row)
    return row


def in_strings(text: str) -> str:
    """A TXT record in strings of at most 255 characters."""
    return " ".join(f'"{text[start : start + 200]}"' for start in range(0, len(text), 200))


def right(row: SendingDomain) -> Zone:
    return {
        ("example.com", "TXT"): ['"google-site-verification=x"', f'"v=spf1 include:spf.example.net ip4:{IP} ~all"'],
        ("example.com", "MX"): ["10 mx.example.com."],
        ("vitrina._domainkey.example.com", "TXT"): [in_strings(sending_domains.record_of(row))],
        ("_dmarc.example.com", "TXT"): ['"v=DMARC1; p=quarantine"'],
        ("25.2.0.192.in-addr.arpa", "PTR"): ["mx.example.com."],
        ("mx.example.com", "A"): [IP],
    }


def states(row: SendingDomain, zone: Zone, settings: Any) -> dict[str, str]:
    with name_server(zone) as server:
        settings.MAILINGS_DNS_SERVERS = [server]
        sending_domains.check(domain=row)
    return {key: item["state"] for key, item in row.findings.items()}


def test_what_is_right_is_said_to_be_right(settings: Any) -> None:
    row = domain()
    assert set(states(row, right(row), settings).values()) == {"right"}
    assert sending_domains.is_fine(row)
    assert row.findings["dmarc"]["policy"] == "quarantine"


def test_what_is_missing_comes_with_the_record_to_publish(settings: Any) -> None:
    row = domain()
    zone: Zone = {("example.com", "A"): [IP]}
    found = states(row, zone, settings)
    assert {found[key] for key in ("spf", "dkim", "dmarc", "mx", "ptr")} == {"missing"}
    lines = {line.key: line for line in sending_domains.summary_of(row)}
    assert lines["spf"].record["value"] == f"v=spf1 ip4:{IP} ~all"
    assert lines["dkim"].record["name"] == "vitrina._domainkey.example.com"
    assert lines["dkim"].record["value"] == sending_domains.record_of(row)
    assert lines["dmarc"].record["name"] == "_dmarc.example.com"


@pytest.mark.parametrize(
    ("name", "kind", "records", "key"),
    [
        ("example.com", "TXT", ['"v=spf1 ip4:198.51.100.1 -all"'], "spf"),
        ("example.com", "TXT", [f'"v=spf1 ip4:{IP} -all"', '"v=spf1 -all"'], "spf"),
        ("vitrina._domainkey.example.com", "TXT", ['"v=DKIM1; k=rsa; p=AAAA"'], "dkim"),
        ("_dmarc.example.com", "TXT", ['"v=DMARC1; p=none"', '"v=DMARC1; p=reject"'], "dmarc"),
        ("25.2.0.192.in-addr.arpa", "PTR", ["other.example.com."], "ptr"),
    ],
)
def test_what_is_wrong_is_said(name: str, kind: str, records: list[str], key: str, settings: Any) -> None:
    row = domain()
    assert states(row, {**right(row), (name, kind): records}, settings)[key] == "wrong"


def test_spf_is_followed_through_a_mx_and_includes(settings: Any) -> None:
    row = domain()
    for record in ("a:mx.example.com", "mx", "include:spf.example.net", "redirect=spf.example.net"):
        zone = {
            **right(row),
            ("example.com", "TXT"): [f'"v=spf1 {record}"'],
            ("spf.example.net", "TXT"): [f'"v=spf1 ip4:{IP}/28 ?all"'],
        }
        assert states(row, zone, settings)["spf"] == "right"


def test_a_provider_s_include_is_asked_for(settings: Any) -> None:
    settings.MAILINGS_URL, settings.MAILINGS_SENDING_IPS = "elastic://KEY", []
    row = domain()
    found = states(row, right(row), settings)
    assert (found["spf"], found["ptr"]) == ("wrong", "not ours")
    assert "include:_spf.elasticemail.com ~all" in row.findings["spf"]["value"]


def test_name_servers_that_do_not_answer_are_said_and_change_no_verdict(settings: Any) -> None:
    settings.MAILINGS_SENDING_IPS = []
    row = domain()
    with name_server({}, is_silent=True) as server:
        settings.MAILINGS_DNS_SERVERS = [server]
        sending_domains.check(domain=row)
    assert {item["state"] for item in row.findings.values()} == {"unknown"}


@pytest.mark.parametrize(
    "name", ["", "nodots", "a b.example", "-x.example", "x" * 300 + ".example", "http://a.example/"]
)
def test_what_is_no_domain_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        sending_domains.add_domain(domain=name)


def test_a_domain_in_any_script_is_kept_in_ascii() -> None:
    assert sending_domains.add_domain(domain="Почта.РФ").domain == "xn--80a1acny.xn--p1ai"


def test_a_second_key_gets_a_name_of_its_own() -> None:
    row = domain()
    first = row.private_key
    sending_domains.make_key(domain=row)
    assert row.selector.startswith("vitrina-") and row.private_key != first


def test_managers_add_look_and_make_keys(settings: Any) -> None:
    client = logged_in(manager())
    answer = client.post(reverse("sending_domains:add"), {"domain": "example.com", "selector": "vitrina"})
    assert answer.status_code == 302
    row = SendingDomain.objects.get()
    assert client.post(reverse("sending_domains:key", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    with name_server(right(row)) as server:
        settings.MAILINGS_DNS_SERVERS = [server]
        assert client.post(reverse("sending_domains:check", args=[row.pk])).status_code == 302
    page = client.get(reverse("sending_domains:inspect", args=[row.pk])).content.decode()
    assert "Right" in page and "PRIVATE KEY" not in page
    assert "example.com" in client.get(reverse("sending_domains:index")).content.decode()
    twice = client.post(reverse("sending_domains:add"), {"domain": "example.com", "selector": "vitrina"})
    assert (twice.status_code, SendingDomain.objects.count()) == (200, 1)


def test_owners_have_no_business_there() -> None:
    row = domain()
    client = logged_in(owner())
    for name, args in (("index", []), ("inspect", [row.pk]), ("check", [row.pk]), ("key", [row.pk])):
        assert client.post(reverse(f"sending_domains:{name}", args=args)).status_code in (302, 403, 404, 405)
    row.refresh_from_db()
    assert row.checked_at is None


def test_the_daily_round_checks_what_is_old_or_new(settings: Any) -> None:
    row = domain()
    with name_server(right(row)) as server:
        settings.MAILINGS_DNS_SERVERS = [server]
        assert (sending_domains.check_stale(), sending_domains.check_stale()) == (1, 0)
