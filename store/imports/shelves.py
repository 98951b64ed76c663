"""Categories and brands that product files name, found or made."""

from functools import cached_property

from django.utils import translation
from django.utils.translation import gettext as _

from store import search
from store.imports.values import RefusedRow
from store.models import Brand, Category, TaxClass
from store.slugs import Slugs


class Shelves:
    """Finds categories by the path of names that imports use, whatever an editor calls them since."""

    def __init__(self, *, dry_run: bool) -> None:
        self.dry_run = dry_run
        self.slugs = Slugs(Category)
        self.by_names: dict[tuple[str, ...], Category] = {}
        # Two shelves may be called the same: what stands on the second one stays there.
        self.names_of: dict[int, tuple[str, ...]] = {}
        by_path: dict[str, tuple[str, ...]] = {}
        for category in Category.objects.order_by("path"):
            parent = by_path.get(category.path[: -Category.steplen], ())
            names = (*parent, (category.source_name or category.name_en or category.name).casefold())
            by_path[category.path] = names
            self.by_names.setdefault(names, category)
            self.names_of[category.pk] = names

    def is_called(self, category_id: int, names: tuple[str, ...]) -> bool:
        return self.names_of.get(category_id) == tuple(name.casefold() for name in names)

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
                made = Category.add_root(**fields)
            else:
                # treebeard counts children on the instance: a stale one would hand out a path twice.
                parent.refresh_from_db()
                made = parent.add_child(**fields)
        self.names_of[made.pk] = tuple(each.casefold() for each in names)
        return made


class Brands:
    """Brands by name, in any case."""

    def __init__(self, *, dry_run: bool) -> None:
        self.dry_run = dry_run
        self.slugs = Slugs(Brand)
        brands = list(Brand.objects.order_by("pk"))
        self.by_name = {brand.name.casefold(): brand for brand in brands}
        self.name_of = {brand.pk: brand.name.casefold() for brand in brands}
        self.new: list[Brand] = []

    def is_called(self, brand_id: int | None, name: str) -> bool:
        return brand_id is not None and self.name_of.get(brand_id) == name.casefold()

    def find(self, name: str) -> Brand:
        key = name.casefold()
        if key not in self.by_name:
            brand = Brand(name=name, slug=self.slugs.new(name))
            if not self.dry_run:
                # Without signals: one by one, the index takes longer than all the rest of the brand.
                Brand.objects.bulk_create([brand])
                self.name_of[brand.pk] = key
                self.new.append(brand)
            self.by_name[key] = brand
        return self.by_name[key]

    def index_new(self) -> None:
        search.add_to_index(Brand, self.new)
        self.new = []


class TaxClasses:
    """Tax classes by code or name; nobody makes one by a file."""

    @cached_property
    def by_name(self) -> dict[str, TaxClass]:
        found: dict[str, TaxClass] = {}
        for tax_class in TaxClass.objects.all():
            for name in (tax_class.code, tax_class.name_en, tax_class.name_ru):  # type: ignore[attr-defined]
                if name:
                    found.setdefault(name.casefold(), tax_class)
        return found

    def find(self, name: str) -> TaxClass:
        """Raises RefusedRow."""
        found = self.by_name.get(name.casefold())
        if found is None:
            raise RefusedRow(_("There is no tax class “%(name)s”.") % {"name": name})
        return found
