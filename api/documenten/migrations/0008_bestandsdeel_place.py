from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documenten", "0007_count_rows")]

    operations = [
        migrations.AddField("bestandsdeel", "opslag", models.CharField(blank=True, default="", max_length=50)),
        migrations.AddField("bestandsdeel", "key", models.CharField(blank=True, default="", max_length=255)),
        migrations.AddField("bestandsdeel", "vanaf", models.PositiveBigIntegerField(default=0)),
        migrations.AddField("bestandsdeel", "genomen", models.BooleanField(default=False)),
    ]
