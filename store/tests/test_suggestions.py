"""What search does for those who mistype, and for those who are still typing."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from store import phrases, spelling
from store.models import SearchPhrase, SearchWord
from store.tests.factories import BrandFactory, CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def goods() -> None:
    audio = CategoryFactory(name_en="Audio", name_ru="Звук", slug="audio")
    maker = BrandFactory(name="Northwind", slug="northwind")
    ProductFactory(name_en="Aria headphones", name_ru="Наушники Aria", category=audio, brand=maker, slug="aria")
    ProductFactory(name_en="Desk lamp", name_ru="Лампа", slug="lamp", popularity=9)
    ProductFactory(name_en="Floor lamp", name_ru="Торшер", slug="floor")


@pytest.fixture(params=[True, False], ids=["trigrams", "without trigrams"])
def trigrams(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param and not spelling.has_trigrams():
        pytest.skip("needs PostgreSQL with pg_trgm")
    monkeypatch.setattr(spelling, "has_trigrams", lambda: request.param)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hedphones", "headphones"),
        ("Headpohnes", "headphones"),
        ("northwnd", "northwind"),
        ("наушнеки", "наушники"),
        ("aria hedphones", "aria headphones"),
        ("headphone", ""),
        ("head", ""),
        ("xylophonist", ""),
        ("4984701", ""),
        ("-hedphones", ""),
        ("", ""),
    ],
)
def test_a_misspelt_word_is_put_right(trigrams: None, typed: str, meant: str) -> None:
    assert spelling.corrected(words=typed) == meant


def test_a_misspelt_search_answers_what_was_meant_and_says_so(client: Client) -> None:
    response = client.get("/store/search/?q=hedphones")
    assert [card.slug for card in response.context["products"]] == ["aria"]
    text = response.content.decode()
    assert "Nobody here sells “hedphones”" in text
    assert 'href="/store/search/?q=hedphones&amp;exact=1"' in text
    exact = client.get("/store/search/?q=hedphones&exact=1")
    assert exact.context["products"] == []
    assert "Check the spelling" in exact.content.decode()


def test_a_misspelt_search_stays_cheap(client: Client) -> None:
    client.get("/store/search/?q=lamp")
    with CaptureQueriesContext(connection) as captured:
        client.get("/store/search/?q=hedphones")
    assert len(captured) <= 8


def test_words_of_new_products_are_learnt_once() -> None:
    ProductFactory(name_en="Theodolite 3000 TX-9", name_ru="Теодолит")
    ProductFactory(name_en="Theodolite again")
    assert SearchWord.objects.filter(word__in=["theodolite", "теодолит"]).count() == 2
    assert not SearchWord.objects.filter(word__contains="3000").exists()


def test_typing_offers_products_categories_and_phrases(client: Client) -> None:
    SearchPhrase.objects.create(phrase="lamp shade", count=5)
    SearchPhrase.objects.create(phrase="lamp of my own", count=1)
    text = client.get("/store/search/typed/?q=lam").content.decode()
    assert "lamp shade" in text and "lamp of my own" not in text
    assert text.index("Desk lamp") < text.index("Floor lamp")
    assert 'data-url="/store/c/audio/"' in client.get("/store/search/typed/?q=aud").content.decode()
    assert 'data-url="/ru/store/c/audio/"' in client.get("/ru/store/search/typed/?q=зв").content.decode()


def test_typing_one_letter_or_nonsense_offers_nothing(client: Client) -> None:
    for words in ("", "l", "\x00", "zzzz", "%", "'\"", "😀😀", "x" * 500):
        response = client.get("/store/search/typed/", {"q": words})
        assert response.status_code in (200, 404)
        assert "option" not in response.content.decode() or response.status_code == 404


def test_typing_is_answered_in_three_queries_and_then_in_none(client: Client) -> None:
    client.get("/store/search/typed/?q=zzzz")
    with CaptureQueriesContext(connection) as first:
        client.get("/store/search/typed/?q=lamp", headers={"authorization": "x"})
    with CaptureQueriesContext(connection) as second:
        client.get("/store/search/typed/?q=lamp", headers={"authorization": "x"})
    assert (len(first) <= 3, len(second)) == (True, 0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hedph", "headphones"),
        ("hedphones", "headphones"),
        ("haedphones", "headphones"),
        ("aria hedpho", "aria headphones"),
        ("ноушни", "наушники"),
    ],
)
def test_what_is_mistyped_is_suggested_for_what_was_meant(client: Client, typed: str, meant: str) -> None:
    response = client.get("/store/search/typed/", {"q": typed})
    assert [card.slug for card in response.context["found"].cards] == ["aria"]
    assert response.context["found"].meant == meant
    assert "Did you mean" in response.content.decode()


@pytest.mark.parametrize("typed", ["headph", "lam", "lpm", "xylophone", "ZZ-100", "hzzzzz", "4984701"])
def test_nothing_is_put_right_that_is_right_or_too_far_off(client: Client, typed: str) -> None:
    assert client.get("/store/search/typed/", {"q": typed}).context["found"].meant == ""


def test_a_mistyped_word_is_answered_in_three_queries_and_then_in_none(client: Client) -> None:
    for word in ("zzzz", "hedpho"):
        client.get(f"/store/search/typed/?q={word}")
    with CaptureQueriesContext(connection) as first:
        client.get("/store/search/typed/?q=hedph", headers={"authorization": "x"})
    with CaptureQueriesContext(connection) as second:
        client.get("/store/search/typed/?q=hedph", headers={"authorization": "x"})
    assert (len(first) <= 3, len(second)) == (True, 0)


def test_phrases_are_counted_and_what_could_be_a_person_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[dict[str, int]] = []
    monkeypatch.setattr(phrases, "async_task", lambda name, counted: handed.append(counted))
    monkeypatch.setattr(phrases, "HAND_OVER_SECONDS", 10**9)
    for words in ("Paper lampion", "paper lampion", "me@example.com", "371200000001", "a"):
        phrases.note(words=words)
    monkeypatch.setattr(phrases, "HAND_OVER_SECONDS", 0)
    phrases.note(words="paper lampion")
    # Others may have been noted in this process before.
    assert handed[0]["paper lampion"] == 3
    assert not {"me@example.com", "371200000001", "a"} & set(handed[0])
    phrases.count(phrases=handed[0])
    phrases.count(phrases=handed[0])
    assert SearchPhrase.objects.get(pk="paper lampion").count == 6
    assert phrases.beginning_with("PAP", most=3) == ["paper lampion"]


def test_the_search_field_names_its_list(client: Client) -> None:
    caches["local"].clear()
    text = client.get("/store/").content.decode()
    assert 'data-typed="/store/search/typed/"' in text
    assert 'role="listbox"' in text
