"""Categories and brands that product files name, found or made."""

from django.utils import translation

from store.models import Brand, Category
from store.slugs import Slugs


class Shelves:
    """Finds categories by the path of names that imports use, whatever an editor calls them since."""

    def __init__(self, *, dry_run: bool) -> None:
        self.dry_run = dry_run
        self.slugs = Slugs(Category)
        self.by_names: dict[tuple[str, ...], Category] = {}
        by_path: dict[str, tuple[str, ...]] = {}
        for category in Category.objects.order_by("path"):
            parent = by_path.get(category.path[: -Category.steplen], ())
            names = (*parent, (category.source_name or category.name_en or category.name).casefold())
            by_path[category.path] = names
            self.by_names.setdefault(names, category)

    def find(self, names: tuple[str, ...]) -> Category:
        """The category of this path, made with all that it stands in where it is new (not in a dry run)."""
        key = tuple(name.casefold() for name in names)
        if key not in self.by_names:
            self.by_names[key] = self.make(names)
        return self.by_names[key]

    def make(self, names: tuple[str, ...]) -> Category:
        parent = self.find(names[:-1]) if len(names) > 1 else None
        name = names[-1]
        fields = {"name_en": name, "source_name": name, "slug": self.slugs.new(name, *reversed(names[:-1]))}
        if self.dry_run:
            return Category(**fields)
        with translation.override("en"):
            if parent is None:
                return Category.add_root(**fields)
            # treebeard counts children on the instance: a stale one would hand out a path twice.
            parent.refresh_from_db()
            return parent.add_child(**fields)


class Brands:
    """Brands by name, in any case."""

    def __init__(self, *, dry_run: bool) -> None:
        self.dry_run = dry_run
        self.slugs = Slugs(Brand)
        self.by_name = {brand.name.casefold(): brand for brand in Brand.objects.all()}

    def find(self, name: str) -> Brand:
        key = name.casefold()
        if key not in self.by_name:
            brand = Brand(name=name, slug=self.slugs.new(name))
            if not self.dry_run:
                brand.save()
            self.by_name[key] = brand
        return self.by_name[key]
