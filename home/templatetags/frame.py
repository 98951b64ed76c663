"""What every template may ask about the frame around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, override
from wagtail.models import Page

from company import menus
from home.frame import Frame, frame_for

register = template.Library()


@dataclass(frozen=True)
class MenuLink:
    label: str
    url: str
    is_current: bool
    icon: str = ""


@dataclass(frozen=True)
class LanguageLink:
    code: str
    short: str
    name: str
    url: str
    is_current: bool


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> Frame:
    """Name, promise, announcement, menus and legal data of the site (home.frame.Frame)."""
    return frame_for(context.get("request"))


@register.simple_tag(takes_context=True)
def header_links(context: Context) -> list[MenuLink]:
    """The row under the header; the link that reaches furthest down to this page is the current one."""
    links = frame_for(context.get("request")).header
    path = current_path(context)
    # A shelf stands below another in the breadcrumbs, not in its address.
    above = [crumb.get("url") for crumb in context.get("crumbs") or () if isinstance(crumb, dict)]
    matches = [link.url for link in links if link.url and (path.startswith(link.url) or link.url in above)]
    steps = {url: step for step, url in enumerate(above)}
    current = context.get("current_section") or max(
        matches, key=lambda url: (path.startswith(url), steps.get(url, -1), len(url)), default=""
    )
    return [MenuLink(link.label, link.url, link.url == current) for link in links]


@register.filter
def current_url(links: list[MenuLink]) -> str:
    """The address of the current one of the links; empty without one."""
    return next((link.url for link in links if link.is_current), "")


@register.simple_tag(takes_context=True)
def menu_items(context: Context, menu: str) -> list[MenuLink]:
    """The items that apps have registered for `menu` and this user may see."""
    path = current_path(context)
    items = menus.items(menu, context.get("user"))
    current = max((item.url for item in items if path.startswith(item.url)), key=len, default="")
    return [MenuLink(str(item.label), item.url, item.url == current, item.icon) for item in items]


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """This page in every language: a Wagtail page's translation, else the same address under the other prefix."""
    page, request, active = context.get("page"), context.get("request"), get_language()
    # Header and footer ask both.
    if (known := getattr(request, "_language_links", None)) is not None:
        return known
    addresses = page_addresses(page, request) if isinstance(page, Page) else {}
    links = []
    for code, _name in settings.LANGUAGES:
        url = addresses.get(code) or (translate_url("/", code) if addresses else same_address(request, code))
        name = get_language_info(code)["name_local"]
        links.append(LanguageLink(code, SHORT.get(code, code.upper()), name.capitalize(), url, code == active))
    if request is not None:
        request._language_links = links
    return links


@register.simple_tag(takes_context=True)
def languages(context: Context) -> SafeString:
    """The switch of languages; header and footer show the same one."""
    request = context.get("request")
    drawn: SafeString | None = getattr(request, "_languages", None)
    if drawn is None:
        drawn = render_to_string("includes/languages.html", {"languages": language_links(context)})
        if request is not None:
            request._languages = drawn
    return drawn


SHORT = {"en": "EN", "ru": "РУ"}


def same_address(request: HttpRequest | None, code: str) -> str:
    """This very address in another language, with its query; where it is the same in all, the query names it."""
    if request is None or code == get_language():
        return request.get_full_path() if request else "/"
    match, query = request.resolver_match, request.META.get("QUERY_STRING", "")
    try:
        path = address(code, match.view_name, match.args, tuple(match.kwargs.items())) if match else request.path
    except NoReverseMatch:
        path = request.path
    if match and path == request.path:
        asked = request.GET.copy()
        asked["language"] = code
        query = asked.urlencode()
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=4096)
def address(code: str, view: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> str:
    """Kept: a page asks for itself in every language, at the price of changing the language each time."""
    with override(code):
        return reverse(view, args=args, kwargs=dict(kwargs))


@register.simple_tag(takes_context=True)
def alternate_links(context: Context) -> SafeString:
    """This page in every language, for search engines (https://developers.google.com/search/docs/specialty/international)."""
    links = [
        (language.code, f"{settings.SITE_URL}{language.url.partition('?')[0]}") for language in language_links(context)
    ]
    links.append(("x-default", links[0][1]))
    return format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', links)


def page_addresses(page: Page, request: HttpRequest | None) -> dict[str, str]:
    """Language → address of the live translations of `page`."""
    translations = page.get_translations(inclusive=True).live().public().select_related("locale")
    return {item.locale.language_code: url for item in translations if (url := item.get_url(request))}


def current_path(context: Context) -> str:
    request = context.get("request")
    return request.path if request else "/"


@register.filter
def page_numbers(paginator: Paginator[Any], number: int) -> Iterator[int | str]:
    """Page numbers with gaps: 1 … 4 5 6 … 20."""
    return iter(paginator.get_elided_page_range(number, on_each_side=1, on_ends=1))
