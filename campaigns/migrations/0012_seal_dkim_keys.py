from django.db import migrations

from campaigns import dkim_keys


def seal(apps, schema_editor):
    domains = apps.get_model("campaigns", "SendingDomain").objects
    for row in domains.filter(private_key__startswith="-----BEGIN"):
        row.private_key = dkim_keys.sealed(row.private_key)
        row.save(update_fields=["private_key"])


def unseal(apps, schema_editor):
    domains = apps.get_model("campaigns", "SendingDomain").objects
    for row in domains.exclude(private_key="").exclude(private_key__startswith="-----BEGIN"):
        row.private_key = dkim_keys.opened(row.private_key)
        row.save(update_fields=["private_key"])


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0011_add_coupon_offers_and_pauses")]

    operations = [migrations.RunPython(seal, unseal)]
