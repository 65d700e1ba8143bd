from django.db import migrations, models

from api.records.row_counts import FORGET, KEEP


class Migration(migrations.Migration):
    dependencies = [("records", "0002_rendered_urls")]

    operations = [
        migrations.CreateModel(
            name="RowCount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=63)),
                ("type", models.UUIDField()),
                ("level", models.SmallIntegerField()),
                ("published", models.BooleanField()),
                ("number", models.BigIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["kind"], name="rowcount_kind")]},
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
