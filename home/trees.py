"""The pages that a site cannot be without: a front page and a journal, in every language."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from wagtail.models import Collection, Locale, Page, Site

from blog.models import BlogIndexPage
from home.models import HomePage

# Titles as they are stored in English; marked here, translated when a copy for another language is made.
HOME, JOURNAL = gettext_noop("Home"), gettext_noop("Journal")


def ensure_tree() -> Site:
    """Make what is missing of locales, site, front pages and journals; touch nothing that is there.

    Wagtail's own welcome page gives way to ours.
    """
    with transaction.atomic():
        source, *others = [Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES]
        if Collection.get_first_root_node() is None:
            # A flushed database: tests that commit have one.
            Collection.add_root(name="Root")
        site = ensure_site(source)
        home = site.root_page
        ensure_blog(home.specific)
        for locale in others:
            translated = ensure_translation(home.specific, locale)
            if not BlogIndexPage.objects.child_of(translated).exists():
                blog = BlogIndexPage.objects.child_of(home).first()
                ensure_translation(blog, locale)
    Site.clear_site_root_paths_cache()
    return site


def ensure_site(locale: Locale) -> Site:
    """The default site with a front page of ours at its root."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site and isinstance(site.root_page.specific, HomePage):
        return placed(site)
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    welcome = site.root_page if site else None
    home = HomePage.objects.filter(locale=locale, depth=2).first() or root.add_child(
        instance=HomePage(title=HOME, slug="front", locale=locale)
    )
    site = site or Site(is_default_site=True)
    site.root_page = Page.objects.get(pk=home.pk)
    placed(site)
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        Page.objects.get(pk=welcome.pk).delete()
    return site


def placed(site: Site) -> Site:
    """The site saved at the address that SITE_URL names: absolute links of pages come from here."""
    address = urlsplit(settings.SITE_URL)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.save()
    return site


def ensure_blog(home: HomePage) -> None:
    if not BlogIndexPage.objects.child_of(home).exists():
        home.add_child(instance=BlogIndexPage(title=JOURNAL, slug="blog", locale=home.locale, show_in_menus=True))


def ensure_translation(page: Page, locale: Locale) -> Page:
    """The live translation of the page, made as a copy with its title translated when it is not there."""
    found = page.get_translation_or_none(locale)
    if found:
        return found
    copy = page.copy_for_translation(locale)
    with translation.override(locale.language_code):
        copy.title = copy.draft_title = gettext(page.title)
    copy.save_revision().publish()
    return copy.specific


def ensure_tree_after_migrating(**kwargs: Any) -> None:
    """A fresh, or freshly flushed, database gets its tree; half-way migrations are left alone."""
    needed = {model._meta.db_table for model in (BlogIndexPage, HomePage, Site, Collection)}
    if needed <= set(connection.introspection.table_names()):
        # Wagtail keeps the addresses of sites in the default cache, which may be a table as well.
        call_command("createcachetable", verbosity=0)
        ensure_tree()
