"""What the front page gathers from the shop, the journal and the mailings."""

import random
from collections.abc import Sequence

from django.core.cache import caches
from django.utils import timezone

from blog.models import BlogIndexPage, BlogPage
from campaigns.statistics import site_figures
from store.cards import Card, cards_for, most_popular
from store.models import Product

PRODUCTS = 8
POSTS = 3
FIGURES_SECONDS = 60


def products(*, chosen: Sequence[Product]) -> list[Card]:
    """The chosen products that are on sale; while there are none, the most popular ones."""
    cards = cards_for(product_ids=[product.pk for product in chosen]) if chosen else []
    return cards or most_popular(count=PRODUCTS)


def figures() -> dict[str, int]:
    """The three figures of the mailings, counted once a minute."""
    local = caches["local"]
    found = local.get("home:figures")
    if found is None:
        found = site_figures()
        local.set("home:figures", found, FIGURES_SECONDS)
    return found


def posts_of_the_minute(*, locale_id: int) -> list[BlogPage]:
    """Three posts drawn by lot: the same ones in every process for a minute, then others."""
    posts = BlogPage.objects.live().public().filter(locale_id=locale_id)
    minute = int(timezone.now().timestamp()) // 60
    ids = list(posts.order_by("pk").values_list("pk", flat=True))
    # Nothing secret: the minute is the seed, so that two processes draw the same lot.
    drawn = random.Random(minute).sample(ids, min(POSTS, len(ids)))  # noqa: S311
    by_id = posts.for_cards().in_bulk(drawn)
    return [by_id[pk] for pk in drawn if pk in by_id]


def seconds_of_this_minute() -> int:
    """How long the posts that are drawn now stay."""
    return 60 - int(timezone.now().timestamp()) % 60


def blog_of(*, locale_id: int) -> BlogIndexPage | None:
    return BlogIndexPage.objects.live().filter(locale_id=locale_id).first()
