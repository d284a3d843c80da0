import django.db.models.deletion
from django.db import migrations, models

import recoup.records.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_who_shows_it"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.UUIDField(editable=False)),
                ("revision", models.PositiveSmallIntegerField()),
                ("library", models.CharField(max_length=100)),
                ("cause", models.UUIDField(null=True)),
                ("text", recoup.records.encryption.EncryptedTextField()),
                ("kept", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "revision"), name="decision_revision"
                    )
                ],
            },
        ),
    ]
