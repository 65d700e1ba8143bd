import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('registry', '0009_one_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.DateTimeField(help_text='Its first moment.')),
                ('states', models.CharField(default='............................................................', max_length=60)),
                ('requests', models.PositiveIntegerField(default=0, help_text="Of applications and people, without the probe's.")),
                ('failures', models.PositiveIntegerField(default=0, help_text='Of these, those that ended with a fault of ours.')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.municipality')),
            ],
            options={
                'constraints': (
                    models.UniqueConstraint(fields=('municipality', 'hour'), name='an_hour_once'),
                    models.CheckConstraint(condition=models.Q(('states__regex', '^[.udf]{60}$')), name='sixty_known_minutes'),
                    models.CheckConstraint(condition=models.Q(('failures__lte', models.F('requests'))), name='no_more_failures_than_requests'),
                ),
            },
        ),
        migrations.CreateModel(
            name='Maintenance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('announced_at', models.DateTimeField()),
                ('announced_by', models.CharField(max_length=254)),
                ('called_off_at', models.DateTimeField(null=True)),
                ('called_off_by', models.CharField(default='', max_length=254)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.municipality')),
            ],
            options={
                'ordering': ('-starts_at', '-pk'),
                'indexes': (
                    models.Index(fields=['municipality', 'starts_at'], name='maintenance_of_municipality'),
                ),
                'constraints': (
                    models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='maintenance_takes_time'),
                    models.CheckConstraint(condition=models.Q(('announced_at__lt', models.F('starts_at'))), name='maintenance_is_announced_before'),
                ),
            },
        ),
        migrations.CreateModel(
            name='ServiceReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality_name', models.CharField(help_text='As it was called then.', max_length=200)),
                ('organisation_name', models.CharField(max_length=200)),
                ('contract_number', models.CharField(max_length=20)),
                ('month', models.DateField(help_text='Its first day.')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('reason', models.CharField(default='', help_text='Why there is a later version.', max_length=500)),
                ('figures', models.JSONField()),
                ('state', models.CharField(choices=[('concept', 'Concept'), ('gedeeld', 'Gedeeld'), ('vastgesteld', 'Vastgesteld'), ('betwist', 'Betwist'), ('vervangen', 'Vervangen')], default='concept', max_length=20)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(default='', help_text='Empty where it was made by itself.', max_length=254)),
                ('shared_at', models.DateTimeField(null=True)),
                ('shared_by', models.CharField(default='', max_length=254)),
                ('fixes_at', models.DateTimeField(help_text='From then on silence has agreed.', null=True)),
                ('vendor_agreed_at', models.DateTimeField(null=True)),
                ('vendor_agreed_by', models.CharField(default='', max_length=254)),
                ('municipality_agreed_at', models.DateTimeField(null=True)),
                ('municipality_agreed_by', models.CharField(default='', max_length=254)),
                ('disputed_at', models.DateTimeField(null=True)),
                ('disputed_by', models.CharField(default='', max_length=254)),
                ('dispute', models.CharField(default='', max_length=2000)),
                ('fixed_at', models.DateTimeField(null=True)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.municipality')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
            ],
            options={
                'ordering': ('-month', 'municipality_name', '-version'),
                'indexes': (
                    models.Index(fields=['municipality', '-month'], name='report_of_municipality'),
                    models.Index(condition=models.Q(('state', 'gedeeld')), fields=['fixes_at'], name='report_to_fix'),
                ),
                'constraints': (
                    models.UniqueConstraint(fields=('municipality', 'organisation', 'month', 'version'), name='one_report_version'),
                    models.UniqueConstraint(condition=models.Q(('state__in', ('concept', 'gedeeld'))), fields=('municipality', 'organisation', 'month'), name='one_open_report'),
                    models.CheckConstraint(condition=models.Q(('month__day', 1)), name='report_month_begins'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['concept', 'gedeeld', 'vastgesteld', 'betwist', 'vervangen'])), name='report_state_is_known'),
                    models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='later_version_says_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('shared_at', None), ('state', 'concept')), models.Q(models.Q(('state', 'concept'), _negated=True), ('fixes_at__gt', models.F('shared_at')), ('shared_at__isnull', False)), _connector='OR'), name='shared_until_fixed'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'betwist'), _negated=True), models.Q(('disputed_at__isnull', False), models.Q(('dispute', ''), _negated=True)), _connector='OR'), name='dispute_says_why'),
                    models.CheckConstraint(condition=models.Q(('municipality_agreed_by', ''), models.Q(models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Lower('municipality_agreed_by'), django.db.models.functions.text.Lower('vendor_agreed_by')), _negated=True), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Lower('municipality_agreed_by'), django.db.models.functions.text.Lower('shared_by')), _negated=True)), _connector='OR'), name='nobody_agrees_for_both_sides'),
                    models.CheckConstraint(condition=models.Q(models.Q(('fixed_at__isnull', False), ('state', 'vastgesteld')), models.Q(models.Q(('state', 'vastgesteld'), _negated=True), ('fixed_at', None)), _connector='OR'), name='fixed_report_has_moment'),
                ),
            },
        ),
    ]
