"""The front page, the pages of text and the journal, in both languages."""

from datetime import datetime, time, timedelta
from typing import TypeVar

from django.urls import reverse
from django.utils import timezone, translation
from taggit.models import Tag
from wagtail.models import Locale, Page, Site

from blog.models import BlogIndexPage, BlogPage, BlogPageViews
from blog.models.pages import CARD_RENDITION, HERO_RENDITION
from demo import ledger, prose
from demo.content import front
from demo.content.kinds import Post, Sheet
from demo.content.posts import POSTS
from demo.content.sheets import SHEETS
from demo.images import Images
from home.models import HomePage, StandardPage
from home.trees import ensure_tree
from store.models import Category, Product

P = TypeVar("P", bound=Page)
MORNING = time(8, 30)


def make(*, images: Images) -> Site:
    """Fill the pages that every site has, where nobody has written yet, and add the demo's own."""
    site = ensure_tree()
    home = HomePage.objects.get(pk=site.root_page_id)
    russian = Locale.objects.get(language_code="ru")
    homes = {"en": home, "ru": home.get_translation(russian)}
    for language, page in homes.items():
        fill_front(page, language, images)
    journal = BlogIndexPage.objects.child_of(home).get()
    for language, page in {"en": journal, "ru": journal.get_translation(russian)}.items():
        ledger.change(page, f"journal/{language}", intro=front.JOURNAL_INTRO[language])
    for sheet in SHEETS:
        make_sheet(sheet, home, russian, images)
    make_tags()
    for post in POSTS:
        make_post(post, journal, russian, images)
    return site


def make_tags() -> None:
    """Ahead of the posts, so that the ones that are new are known to be the demo's."""
    names = {name for tag in front.TAGS.values() for name in (tag.en, tag.ru)}
    known = set(Tag.objects.filter(name__in=names).values_list("name", flat=True))
    for name in sorted(names - known):
        ledger.record(Tag.objects.create(name=name), name)


def fill_front(page: HomePage, language: str, images: Images) -> None:
    chosen = Product.objects.in_bulk(list(front.PRODUCTS), field_name="slug")
    text = prose.blocks(front.BODY, language)
    ledger.change(
        page,
        f"front/{language}",
        slides=[("slide", slide(each, language, images)) for each in front.SLIDES],
        products_title=front.PRODUCTS_TITLE[language],
        products=[("product", chosen[slug]) for slug in front.PRODUCTS if slug in chosen],
        body=[tiles(language), *prose.blocks((front.NEW_CLOTHES,), language), promises(language), *text],
    )


def slide(content: front.Slide, language: str, images: Images) -> dict[str, object]:
    with translation.override(language):
        address = reverse("store:category", kwargs={"slug": content.shelf})
    return {
        "image": images.get(content.picture),
        "title": content.title[language],
        "text": content.text[language],
        "button": content.button[language],
        "page": None,
        "address": address,
    }


def tiles(language: str) -> prose.Block:
    shelves = Category.objects.in_bulk(list(front.TILES), field_name="slug")
    found = [shelves[slug] for slug in front.TILES if slug in shelves]
    return "categories", {"title": front.TILES_TITLE[language], "categories": found}


def promises(language: str) -> prose.Block:
    rows = [
        {"icon_name": each.icon, "title": each.title[language], "text": each.text[language]} for each in front.PROMISES
    ]
    return "promises", {"promises": rows}


def make_sheet(sheet: Sheet, home: HomePage, russian: Locale, images: Images) -> None:
    page = place(StandardPage, sheet.slug, home, sheet_fields(sheet, "en", images))
    if page is not None:
        translate(page, sheet.slug, russian, sheet_fields(sheet, "ru", images))


def sheet_fields(sheet: Sheet, language: str, images: Images) -> dict[str, object]:
    return {
        "title": sheet.title[language],
        "intro": sheet.intro[language],
        "image": images.get(sheet.picture) if sheet.picture else None,
        "body": prose.blocks(sheet.body, language),
        "show_in_menus": sheet.in_menu,
        "search_description": sheet.intro[language],
    }


def make_post(post: Post, journal: BlogIndexPage, russian: Locale, images: Images) -> None:
    page = place(BlogPage, post.slug, journal, post_fields(post, "en", images))
    if page is None:
        return
    count_views(page, post.views)
    translated = translate(page, post.slug, russian, post_fields(post, "ru", images))
    count_views(translated, post.views * 2 // 5)


def post_fields(post: Post, language: str, images: Images) -> dict[str, object]:
    return {
        "title": post.title[language],
        "intro": post.intro[language],
        "image": images.get(post.picture),
        "body": prose.blocks(post.body, language),
        "date": timezone.localdate() - timedelta(days=post.days),
        "tags": [front.TAGS[tag][language] for tag in post.tags],
        "search_description": post.intro[language],
    }


def count_views(page: BlogPage, count: int) -> None:
    BlogPageViews.objects.get_or_create(page=page, defaults={"count": count})


def place(kind: type[P], slug: str, parent: Page, fields: dict[str, object]) -> P | None:
    """The page of an earlier run, or a new one; nothing where a page of the operator's has the address."""
    page = ledger.find(kind, slug)
    if page is None and not parent.get_children().filter(slug=slug).exists():
        page = kind(slug=slug, locale=parent.locale, title=str(fields["title"]))
        parent.add_child(instance=page)
        publish(page, fields)
        ledger.record(page, slug)
    return page


def translate(page: P, slug: str, locale: Locale, fields: dict[str, object]) -> P:
    name = f"{slug}/{locale.language_code}"
    copy = ledger.find(type(page), name) or page.get_translation_or_none(locale)
    if copy is None:
        copy = page.copy_for_translation(locale)
        publish(copy, fields)
        ledger.record(copy, name)
    return copy


def publish(page: Page, fields: dict[str, object]) -> None:
    """Write the fields and publish, as of the page's own date if it has one."""
    for field, value in fields.items():
        if field == "tags":
            page.tags.set(value)
        else:
            setattr(page, field, value)
    page.draft_title = page.title
    page.save_revision().publish()
    if date := fields.get("date"):
        at = timezone.make_aware(datetime.combine(date, MORNING))  # type: ignore[arg-type]
        Page.objects.filter(pk=page.pk).update(first_published_at=at, last_published_at=at)


# The sizes in which templates/blocks/slide.html, blocks/category_tiles.html, blog/blog_page.html and
# home/standard_page.html ask for pictures: made ahead, so that nobody waits for a first page.
SLIDE = "fill-1600x720|format-webp"
TILE = "fill-400x300|format-webp"
SHEET = "width-1440"


def prepare_pictures(images: Images) -> None:
    wanted = [(content.picture, (SLIDE,)) for content in front.SLIDES]
    wanted += [(post.picture, (HERO_RENDITION, CARD_RENDITION)) for post in POSTS]
    wanted += [(sheet.picture, (SHEET,)) for sheet in SHEETS if sheet.picture]
    for name, specs in wanted:
        images.get(name).get_renditions(*specs)
    for category in Category.objects.filter(slug__in=front.TILES, image__isnull=False).select_related("image"):
        if category.image:
            category.image.get_renditions(TILE)
