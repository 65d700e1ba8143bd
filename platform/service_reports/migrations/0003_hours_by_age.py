from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("service_reports", "0002_door")]

    operations = [
        migrations.AddIndex(model_name="minutes", index=models.Index(fields=["hour"], name="hours_by_age")),
    ]
