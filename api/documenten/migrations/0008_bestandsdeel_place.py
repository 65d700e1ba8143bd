"""The place of a part in what all of them become; who does not know of it yet makes parts without one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documenten", "0007_count_rows")]

    operations = [
        migrations.AddField(
            "bestandsdeel",
            "opslag",
            models.CharField(blank=True, db_default="", default="", max_length=50),
        ),
        migrations.AddField(
            "bestandsdeel", "key", models.CharField(blank=True, db_default="", default="", max_length=255)
        ),
        migrations.AddField("bestandsdeel", "vanaf", models.PositiveBigIntegerField(db_default=0, default=0)),
        migrations.AddField("bestandsdeel", "genomen", models.BooleanField(db_default=False, default=False)),
    ]
