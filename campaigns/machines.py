"""Telling people from programs that open links and pictures before anybody reads."""

import re
from datetime import datetime, timedelta

from campaigns.models import Delivery, DeliveryEvent

# Programs that say what they are: scanners, previews, proxies, libraries.
SCANNERS = re.compile(
    r"bot\b|crawl|spider|scan|safelinks|barracuda|mimecast|proofpoint|symantec|messagelabs|ironport|trend ?micro"
    r"|preview|sophos|fortinet|forcepoint|cloudmark|virustotal|skypeuripreview|slack|telegram|whatsapp|facebookexternalhit"
    r"|curl|wget|python|java/|okhttp|go-http|libwww|headless|phantom|httpclient|node-fetch|axios|microsoft office",
    re.IGNORECASE,
)
# Gmail and Yahoo fetch pictures for everybody; Apple's proxy calls itself “Mozilla/5.0” and nothing more.
IMAGE_PROXIES = re.compile(r"googleimageproxy|ggpht|yahoomailproxy|yahoo! slurp|outlook-?image", re.IGNORECASE)
APPLE_PROXY = "Mozilla/5.0"
# Nobody reads so fast after the server has taken a message.
SOONEST = timedelta(seconds=10)
# So many different links of one message within this time are followed by programs only.
BURST_LINKS, BURST = 3, timedelta(seconds=5)


def is_machine(*, delivery: Delivery, user_agent: str, at: datetime, looks_only: bool, kind: str) -> bool:
    """`looks_only`: it asked for the headers alone, or said that it only fetches ahead."""
    if looks_only or not user_agent.strip() or SCANNERS.search(user_agent):
        return True
    if kind == DeliveryEvent.Kind.OPENED and (IMAGE_PROXIES.search(user_agent) or user_agent.strip() == APPLE_PROXY):
        return True
    return delivery.finished_at is not None and at < delivery.finished_at + SOONEST


def burst(*, delivery: Delivery, at: datetime) -> list[int]:
    """The clicks around this moment, if they follow more links than a person can."""
    clicks = delivery.events.filter(kind=DeliveryEvent.Kind.CLICKED, at__gte=at - BURST, at__lte=at + BURST)
    found = list(clicks.values_list("pk", "link"))
    return [pk for pk, _link in found] if len({link for _pk, link in found}) >= BURST_LINKS else []
