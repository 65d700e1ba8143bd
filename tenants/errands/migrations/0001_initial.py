import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Errand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('holder', models.UUIDField(help_text='Who does it: another for each attempt.', null=True)),
                ('kind', models.CharField(help_text='A key of the setting ERRANDS.', max_length=60)),
                ('given', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['next_at', 'id'], name='errands_by_turn')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('holder', models.UUIDField(help_text='Who does it: another for each attempt.', null=True)),
                ('key', models.UUIDField(default=uuid.uuid4, help_text='The same however often it is tried.', unique=True)),
                ('sealed', models.TextField()),
                ('until', models.DateTimeField(help_text='When what it says is over, and it need not go.', null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['next_at', 'id'], name='letters_by_turn')],
            },
        ),
    ]
