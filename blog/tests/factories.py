"""Posts for tests, below the journal that every database starts with."""

import factory
import wagtail_factories
from django.utils import timezone

from blog.models import BlogIndexPage, BlogPage


def journal(language: str = "en") -> BlogIndexPage:
    return BlogIndexPage.objects.get(locale__language_code=language)


class BlogPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = BlogPage

    title = factory.Sequence(lambda n: f"Post {n}")
    slug = factory.Sequence(lambda n: f"post-{n}")
    intro = "What it is about"
    date = factory.LazyFunction(timezone.localdate)
    parent = factory.LazyFunction(journal)

    @classmethod
    def tagged(cls, *tags: str, **fields: object) -> BlogPage:
        post = cls(**fields)
        post.tags.add(*tags)
        post.save()
        return post
