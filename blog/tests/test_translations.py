"""Posts translated with wagtail-localize."""

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from blog.models import BlogPage
from blog.tests.factories import BlogPageFactory

pytestmark = pytest.mark.django_db


def test_a_translator_turns_a_post_into_its_russian_page(client: Client, django_capture_on_commit_callbacks) -> None:
    russian = Locale.objects.get(language_code="ru")
    body = [
        ("heading", "First things"),
        ("paragraph", "<p>Listen <b>twice</b>.</p>"),
        ("quote", {"text": "Oh", "source": ""}),
    ]
    post = BlogPageFactory.tagged("audio", title="Sound", slug="sound", intro="About it", body=body)
    source, _ = TranslationSource.update_or_create_from_instance(post)
    translation = Translation.objects.create(source=source, target_locale=russian)
    words = {"Sound": "Звук", "About it": "О нём", "First things": "Сначала", "Oh": "Ох"}
    for segment in source.stringsegment_set.select_related("string"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=russian,
            context=segment.context,
            data=words.get(segment.string.data, segment.string.data),
        )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    page = BlogPage.objects.get(locale=russian)
    assert page.live
    assert page.title == "Звук"
    assert page.image == post.image
    text = client.get(page.url).content.decode()
    assert page.url.startswith("/ru/blog/")
    for part in ("О нём", "Сначала", "Ох", "<b>twice</b>"):
        assert part in text
    assert list(page.tags.names()) == ["audio"]
