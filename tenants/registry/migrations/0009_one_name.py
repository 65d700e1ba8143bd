import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """Fails where two organisations share a name: rename one of them first."""

    dependencies = [("registry", "0008_organisation_introduced_by")]

    operations = [
        migrations.RemoveConstraint(model_name="organisation", name="one_organisation_per_name"),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="one_organisation_per_name"
            ),
        ),
    ]
