from django.db import migrations, models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from tenants.registry.door import show_columns


class Migration(migrations.Migration):
    dependencies = [("access", "0003_one_request_waits")]

    operations = [
        migrations.AddField(
            model_name="grant",
            name="asked_by_email",
            field=models.EmailField(
                db_default="",
                default="",
                help_text="Who answers for the program that asked; empty where a person asked himself.",
                max_length=254,
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by_email", ""))
                | ~models.Q(Exact(Lower("decided_by"), Lower("asked_by_email"))),
                name="nobody_decides_what_his_program_asked",
            ),
        ),
        show_columns("access_grant", ["asked_by_email"]),
    ]
