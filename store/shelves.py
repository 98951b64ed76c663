"""The category tree and the brands as lists need them: read at once, kept a minute in the process."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import get_language

from store.models import Brand, Category

SECONDS = 60
SIZE_GUIDES = ("size_guide_en", "size_guide_ru")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category without its row: `path` is treebeard's, a prefix of the paths of what stands in it."""

    pk: int
    path: str
    slug: str
    name_en: str
    name_ru: str
    intro_en: str = ""
    intro_ru: str = ""
    image_id: int | None = None
    has_sizes: bool = False

    @property
    def intro(self) -> str:
        """What stands above its list."""
        if get_language() == "ru":
            return self.intro_ru or self.intro_en
        return self.intro_en or self.intro_ru

    @property
    def name(self) -> str:
        if get_language() == "ru":
            return self.name_ru or self.name_en
        return self.name_en or self.name_ru

    @property
    def url(self) -> str:
        return address(self.slug, get_language() or "")

    @property
    def sizes_url(self) -> str:
        return reverse("store:size_guide", kwargs={"slug": self.slug})


@lru_cache(maxsize=4096)
def address(slug: str, language: str) -> str:
    """Of a category in the active language, which is asked for to keep one for each."""
    return reverse("store:category", kwargs={"slug": slug})


class Tree:
    """All categories in tree order."""

    def __init__(self, shelves: list[Shelf]) -> None:
        self.by_path = {shelf.path: shelf for shelf in shelves}
        self.by_slug = {shelf.slug: shelf for shelf in shelves}

    def ancestors(self, path: str) -> list[Shelf]:
        """From the root down to the category of `path` itself."""
        step = Category.steplen
        prefixes = (path[:end] for end in range(step, len(path) + 1, step))
        return [self.by_path[prefix] for prefix in prefixes if prefix in self.by_path]

    def children(self, path: str = "") -> list[Shelf]:
        length = len(path) + Category.steplen
        return [shelf for key, shelf in self.by_path.items() if len(key) == length and key.startswith(path)]


def tree() -> Tree:
    """The categories as they were at most a minute ago."""
    found = caches["local"].get("store:tree")
    if found is None:
        found = Tree([shelf_of(row) for row in Category.objects.order_by("path").values_list(*COLUMNS)])
        caches["local"].set("store:tree", found, SECONDS)
    return found


COLUMNS = ("pk", "path", "slug", "image_id", "name_en", "name_ru", "intro_en", "intro_ru", *SIZE_GUIDES)


def shelf_of(row: tuple[Any, ...]) -> Shelf:
    pk, path, slug, image_id, *texts = row
    name_en, name_ru, intro_en, intro_ru = (text or "" for text in texts[:4])
    has_sizes = any(texts[4:])
    return Shelf(pk, path, slug, name_en, name_ru, intro_en, intro_ru, image_id, has_sizes)


def brands() -> dict[int, tuple[str, str]]:
    """Brand id → (slug, name)."""
    found = caches["local"].get("store:brands")
    if found is None:
        found = {pk: (slug, name) for pk, slug, name in Brand.objects.values_list("pk", "slug", "name")}
        caches["local"].set("store:brands", found, SECONDS)
    return found


def forget() -> None:
    """A category or brand was changed here: this process shows it at once, the others within a minute."""
    caches["local"].delete_many(["store:tree", "store:brands"])
