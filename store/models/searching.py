"""What searching learns: words that names are made of, and phrases that are looked for."""

from django.db import models
from django.utils import timezone


class SearchWord(models.Model):
    """A word of a product's, brand's or category's name, in lower case: what misspelt words are put right from.

    Kept by `store.spelling`. On PostgreSQL with pg_trgm the migration gives it a trigram index.
    """

    word = models.CharField(max_length=40, primary_key=True)

    def __str__(self) -> str:
        return self.word


class SearchPhrase(models.Model):
    """How often a phrase was searched for with something found; offered to those who begin to type it."""

    phrase = models.CharField(max_length=60, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    searched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["-count", "phrase"], name="phrase_by_count")]

    def __str__(self) -> str:
        return self.phrase
