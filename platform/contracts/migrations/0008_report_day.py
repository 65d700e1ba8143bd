import django.core.validators
from django.db import migrations, models

from tenants.registry.door import show_columns


class Migration(migrations.Migration):

    dependencies = [
        ('contracts', '0007_hours'),
    ]

    operations = [
        migrations.AddField(
            model_name='servicelevelversion',
            name='report_day',
            field=models.PositiveSmallIntegerField(db_default=3, default=3, help_text='Of each month, from which the report of the month before is there.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(28)]),
        ),
        show_columns("contracts_servicelevelversion", ["report_day"]),
    ]
