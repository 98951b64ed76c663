"""The links under every message, beside the way out: each is a recipient's own.

Whoever has a page of that kind adds a row; compiled messages, previews and the page in the browser fill it by its name.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns import unsubscribing


@dataclass(frozen=True)
class FooterLink:
    """`path` takes the delivery's `{token}`, the one of its way out."""

    field: str
    label: str | Promise
    path: str

    def url(self, delivery: int) -> str:
        return settings.SITE_URL + self.path.format(token=unsubscribing.token(delivery))


LINKS = [
    FooterLink("view_url", _("View in the browser"), "/m/{token}/"),
    FooterLink("preferences_url", _("Choose topics"), "/u/{token}/preferences/"),
    FooterLink("report_url", _("Report abuse"), "/u/{token}/report/"),
]
NAMES = tuple(link.field for link in LINKS)
