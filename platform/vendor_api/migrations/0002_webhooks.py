import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0009_one_name'),
        ('vendor_api', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('url', models.CharField(max_length=500)),
                ('events', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('is_limited', models.BooleanField(default=False)),
                ('municipalities', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='Schemas of the municipalities of which a limited one hears.', size=None)),
                ('secret', models.TextField()),
                ('former_secret', models.TextField(blank=True, default='')),
                ('former_until', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('failing_since', models.DateTimeField(blank=True, help_text='The first failure after the last time that something arrived.', null=True)),
                ('switched_off_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('busy_until', models.DateTimeField(blank=True, help_text='Until then somebody is sending to it, or it is left alone.', null=True)),
                ('served_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to='registry.organisation')),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='WebhookEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('topic', models.CharField(max_length=20)),
                ('what', models.CharField(max_length=20)),
                ('subject', models.BigIntegerField()),
                ('municipalities', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('organisation', models.BigIntegerField(blank=True, null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.UUIDField()),
                ('topic', models.CharField(max_length=20)),
                ('what', models.CharField(max_length=20)),
                ('subject', models.BigIntegerField()),
                ('municipalities', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('at', models.DateTimeField()),
                ('state', models.CharField(choices=[('wacht', 'Wacht'), ('bezorgd', 'Bezorgd'), ('mislukt', 'Mislukt')], default='wacht', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('last_at', models.DateTimeField(blank=True, null=True)),
                ('last_status', models.PositiveSmallIntegerField(blank=True, help_text='What was answered; empty where nothing was.', null=True)),
                ('last_ms', models.PositiveIntegerField(blank=True, null=True)),
                ('webhook', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='vendor_api.webhook')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('name'), condition=models.Q(('ended_at', None)), name='one_standing_webhook_per_name'),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(('is_limited', True), ('municipalities', []), _connector='OR'), name='only_limited_webhooks_have_limits'),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('former_secret', ''), ('former_until', None)), models.Q(models.Q(('former_secret', ''), _negated=True), ('former_until__isnull', False)), _connector='OR'), name='a_former_secret_ends'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'wacht')), fields=['webhook', 'topic', 'subject', 'id'], name='deliveries_that_wait'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['at'], name='deliveries_by_age'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('webhook', 'event'), name='an_event_once_per_webhook'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['wacht', 'bezorgd', 'mislukt'])), name='delivery_state_is_known'),
        ),
    ]
