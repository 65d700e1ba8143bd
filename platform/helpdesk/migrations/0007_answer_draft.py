import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("helpdesk", "0006_another_vendor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=20000)),
                ("next", models.CharField(blank=True, default="", max_length=10)),
                ("cause", models.CharField(blank=True, default="", max_length=20000)),
                ("solution", models.CharField(blank=True, default="", max_length=20000)),
                ("internal", models.BooleanField(default=False)),
                ("kept_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="helpdesk.ticket",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kept_at"], name="draft_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("ticket"), models.F("person"), name="one_draft_of_a_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("cause", ""), _negated=True),
                            models.Q(("solution", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_draft_says_something",
                    ),
                ],
            },
        ),
    ]
