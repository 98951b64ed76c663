"""Addresses made from names."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.text import slugify

# Room for the suffix that tells namesakes apart.
MAX_LENGTH = 120


class Slugs:
    """Hands out slugs that nothing of `model` has, its own earlier answers included.

    Reads all that exist once, so one is made per import, not per row.
    """

    def __init__(self, model: type[Model]) -> None:
        self.taken = set(model._default_manager.values_list("slug", flat=True))

    def new(self, name: str, *suffixes: str) -> str:
        """From the name; if that is taken with each suffix in turn, at last with a number."""
        base = slugify(name, allow_unicode=True)[:MAX_LENGTH].strip("-_") or "item"
        tries = [base, *(f"{base}-{slugify(suffix, allow_unicode=True)}" for suffix in suffixes)]
        slug = next((candidate for candidate in tries if candidate not in self.taken), "")
        number = 2
        while not slug:
            slug = "" if f"{base}-{number}" in self.taken else f"{base}-{number}"
            number += 1
        self.taken.add(slug)
        return slug


def unique_slug(model: type[Model], name: str) -> str:
    """One slug for one new row, without reading the table."""
    base = slugify(name, allow_unicode=True)[:MAX_LENGTH].strip("-_") or "item"
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def free_slug(others: "QuerySet[Any]", name: str, *, max_length: int) -> str:
    """An ASCII slug from the name that none of `others` has: what stands in addresses beside other words."""
    base = slugify(name)[: max_length - 6].strip("-_") or "x"
    taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def sku_part(slug: str) -> str:
    """What of a value's slug stands in a SKU: “dark-blue” is DARKBLUE, cut to eight letters."""
    return slug.replace("-", "").replace("_", "")[:8].upper()
