from decimal import Decimal

import django.core.validators
from django.db import migrations, models

PERCENT = [
    django.core.validators.MinValueValidator(Decimal("0.01")),
    django.core.validators.MaxValueValidator(Decimal("100")),
]


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_add_second_half")]

    operations = [
        migrations.CreateModel(
            name="MailingRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "approve_first",
                    models.BooleanField(
                        default=False,
                        help_text="Administrators, the shop itself and owners who have sent before do not wait.",
                        verbose_name="a new owner’s first mailing waits for a manager",
                    ),
                ),
                (
                    "daily_quota",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text=(
                            "For each owner who has no figure of their own. Empty: as many as the server takes."
                        ),
                        null=True,
                        verbose_name="messages a day",
                    ),
                ),
                (
                    "hourly_limit",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="For each mailing that has no lower figure of its own. Empty: no limit.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="messages an hour",
                    ),
                ),
                (
                    "bounce_percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("5"),
                        max_digits=5,
                        validators=PERCENT,
                        verbose_name="a mailing pauses above this share of wrong addresses, %",
                    ),
                ),
                (
                    "complaint_percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.3"),
                        max_digits=5,
                        validators=PERCENT,
                        verbose_name="a mailing pauses above this share of complaints, %",
                    ),
                ),
            ],
            options={"verbose_name": "rules of mailings", "verbose_name_plural": "rules of mailings"},
        ),
        migrations.AddField(
            model_name="mailing",
            name="watched_from",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
