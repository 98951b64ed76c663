"""Words to put misspelt ones right from, and phrases that are searched for.

Look-alikes are found by trigrams where the database may have the extension; a role that may not create it gets the
plain comparison of `store.spelling` instead, and is told.
"""

import re

import django.utils.timezone
from django.db import DatabaseError, migrations, models, transaction

WORD = re.compile(r"[^\W\d_]{3,40}")


def add_trigrams(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("CREATE INDEX search_word_trigrams ON store_searchword USING gin (word gin_trgm_ops)")
    except DatabaseError as error:
        print(f"\n  pg_trgm is not available ({str(error).strip()}); spelling is compared word by word", end="")


def drop_trigrams(apps, schema_editor):
    """The index goes with its table; the extension may be somebody else's as well."""


def learn_words(apps, schema_editor):
    names = ("name_en", "name_ru", "brand__name", "category__name_en", "category__name_ru")
    products = apps.get_model("store", "Product").objects.filter(listing__isnull=False)
    words = set()
    for row in products.values_list(*names).iterator():
        words.update(word for name in row if name for word in WORD.findall(name.lower()))
    model = apps.get_model("store", "SearchWord")
    model.objects.bulk_create([model(word=word) for word in sorted(words)], batch_size=2000, ignore_conflicts=True)


def forget_words(apps, schema_editor):
    apps.get_model("store", "SearchWord").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0014_count_past_refunds'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='SearchPhrase',
            fields=[
                ('phrase', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField(default=0)),
                ('searched_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [models.Index(fields=['-count', 'phrase'], name='phrase_by_count')],
            },
        ),
        migrations.RunPython(add_trigrams, drop_trigrams),
        migrations.RunPython(learn_words, forget_words),
    ]
