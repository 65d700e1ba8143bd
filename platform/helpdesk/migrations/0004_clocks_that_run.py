from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0003_received_mail")]

    operations = [
        migrations.AddIndex(
            model_name="ticketclock",
            index=models.Index(
                fields=["due_at"],
                name="clocks_that_run",
                condition=Q(stopped_at__isnull=True, due_at__isnull=False),
            ),
        ),
    ]
