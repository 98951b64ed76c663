"""What stands around every page: name, promise, announcement, menus, footer.

Assembled once a minute per process, host and language: pages of the shop pay no query for it.
"""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractRendition
from wagtail.models import Locale, Page, Site

from blog.models import BlogIndexPage
from company.models import Announcement, Company
from home.blocks.links import label_of
from home.models import Navigation
from store.models import Category

SECONDS = 60
DEPARTMENTS = 8
FEW = 4


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Column:
    title: str
    links: list[Link]


@dataclass(frozen=True)
class Bar:
    """The announcement; no text, no bar."""

    text: str = ""
    url: str = ""
    key: str = ""
    dismissible: bool = True


@dataclass(frozen=True)
class Frame:
    name: str = "Vitrina"
    logo: AbstractRendition | None = None
    promise: str = ""
    email: str = ""
    phone: str = ""
    legal_name: str = ""
    legal_address: str = ""
    tax_number: str = ""
    registration: str = ""
    home_url: str = "/"
    announcement: Bar = Bar()
    header: list[Link] = field(default_factory=list)
    footer: list[Column] = field(default_factory=list)

    @cached_property
    def key(self) -> str:
        """Names this very content: what is drawn from the frame alone is kept under it."""
        logo = self.logo.url if self.logo else ""
        return blake2b(f"{logo} {self!r}".encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Found:
    """What menus point at without being told."""

    departments: list[Link]
    journal: list[Link]


def frame_for(request: HttpRequest | None) -> Frame:
    """The frame of the request's site in the active language."""
    if request is None:
        return Frame()
    # One page, one frame, even when an editor changes something while it is drawn.
    frames: dict[str | None, Frame] = request.__dict__.setdefault("_frames", {})
    language = get_language()
    if language not in frames:
        frames[language] = kept_frame(request)
    return frames[language]


def kept_frame(request: HttpRequest) -> Frame:
    local = caches["local"]
    frame = local.get(key_of(request))
    if frame is None:
        site = Site.find_for_request(request)
        frame = build(site, request) if site else Frame()
        # The key anew: building makes the settings' rows of a new site, which forgets the frames.
        local.set(key_of(request), frame, SECONDS)
    return frame


def key_of(request: HttpRequest) -> str:
    return f"frame:{caches['local'].get('frame-version', 0)}:{request.get_host()}:{get_language()}"


def forget_frames(**kwargs: Any) -> None:
    """An editor has changed something: this process shows it at once, the others within a minute."""
    local = caches["local"]
    local.set("frame-version", local.get("frame-version", 0) + 1, None)


def build(site: Site, request: HttpRequest) -> Frame:
    company = Company.for_site(site)
    navigation = Navigation.for_site(site)
    found = Found(departments(), journal(request))
    return Frame(
        name=company.name,
        logo=company.logo.get_rendition("max-320x80") if company.logo else None,
        home_url=home_url(site, request),
        announcement=announcement(Announcement.for_site(site)),
        header=links_of(navigation.header, found) or found.departments + found.journal,
        footer=[Column(label_of(block.value), links_of(block.value["links"], found)) for block in navigation.footer]
        or default_footer(found),
        **{
            name: getattr(company, name) or ""
            for name in ("promise", "email", "phone", "legal_name", "legal_address", "tax_number", "registration")
        },
    )


def announcement(bar: Announcement) -> Bar:
    if not (bar.active and bar.text):
        return Bar()
    return Bar(text=bar.text, url=bar.link, key=bar.key, dismissible=bar.dismissible)


def home_url(site: Site, request: HttpRequest) -> str:
    """The front page in the active language; English when there is no translation."""
    root = site.root_page.get_translation_or_none(Locale.get_active())
    return (root if root and root.live else site.root_page).get_url(request) or "/"


def links_of(stream: Any, found: Found) -> list[Link]:
    links: list[Link] = []
    for block in stream:
        if block.block_type == "departments":
            links += found.departments
        elif link := link_of(block):
            links.append(link)
    return links


def link_of(block: Any) -> Link | None:
    """The link, or nothing when its target is gone."""
    value, label = block.value, label_of(block.value)
    if block.block_type == "address":
        return Link(label or value["address"], value["address"])
    if block.block_type == "category":
        category = value["category"]
        return Link(label or category.name, category.get_absolute_url()) if category else None
    page: Page | None = value["page"] and value["page"].localized
    return Link(label or page.title, page.url) if page and page.live and page.url else None


def departments() -> list[Link]:
    """The shop's top shelves; where there are but a few, what stands in them, as much of each."""
    categories = list(Category.get_root_nodes()[:DEPARTMENTS])
    if 0 < len(categories) < FEW:
        share = DEPARTMENTS // len(categories)
        below = list(Category.objects.filter(depth=2))
        inner = [[child for child in below if child.is_child_of(root)][:share] for root in categories]
        categories = [child for children in inner for child in children] or categories
    return [Link(category.name, category.get_absolute_url()) for category in categories]


def journal(request: HttpRequest) -> list[Link]:
    """The journal in the active language."""
    blogs = BlogIndexPage.objects.live().filter(locale=Locale.get_active())
    return [Link(blog.title, url) for blog in blogs[:1] if (url := blog.get_url(request))]


def default_footer(found: Found) -> list[Column]:
    help_links = [
        Link(str(label), url)
        for label, name in (
            (_("Track an order"), "store:order_track"),
            (_("Cart"), "store:cart"),
            (_("Account"), "accounts:profile"),
        )
        if (url := reverse_or_nothing(name))
    ]
    columns = [
        Column(_("Shop"), found.departments),
        Column(_("Help"), help_links),
        Column(_("Read"), found.journal),
    ]
    return [column for column in columns if column.links]


def reverse_or_nothing(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
