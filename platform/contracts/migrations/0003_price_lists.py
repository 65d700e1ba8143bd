import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

# What was published stays as it was, and a price list leaves no number of inhabitants out: looked at when
# all of a version is there.
FORWARD = """
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON contracts_pricelistversion
    FOR EACH STATEMENT EXECUTE FUNCTION contracts_published_stays();
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON contracts_price
    FOR EACH STATEMENT EXECUTE FUNCTION contracts_published_stays();

CREATE FUNCTION contracts_tiers_are_whole(of_version bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) = 0 OR min(tier_from) > 0 OR bool_or(tier_to IS DISTINCT FROM next_from)
        FROM (
            SELECT tier_from, tier_to, lead(tier_from) OVER (ORDER BY tier_from) AS next_from
            FROM public.contracts_price WHERE version_id = of_version AND kind = 'basis'
        ) AS tiers)
    THEN
        RAISE EXCEPTION 'The tiers of a price list leave nobody out and count nobody twice.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'tiers_are_whole';
    END IF;
END $$;
CREATE FUNCTION contracts_tiers_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.contracts_tiers_are_whole(NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION contracts_tiers_of_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.contracts_tiers_are_whole(NEW.version_id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER tiers_are_whole AFTER INSERT ON contracts_pricelistversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contracts_tiers_of_version();
CREATE CONSTRAINT TRIGGER tiers_are_whole AFTER INSERT ON contracts_price
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'basis')
    EXECUTE FUNCTION contracts_tiers_of_price();
"""
BACKWARD = """
DROP TRIGGER tiers_are_whole ON contracts_price;
DROP TRIGGER tiers_are_whole ON contracts_pricelistversion;
DROP FUNCTION contracts_tiers_of_price();
DROP FUNCTION contracts_tiers_of_version();
DROP FUNCTION contracts_tiers_are_whole(bigint);
DROP TRIGGER published_stays ON contracts_price;
DROP TRIGGER published_stays ON contracts_pricelistversion;
"""
KINDS = [('inrichting', 'Inrichting'), ('basis', 'Basis per jaar, naar inwoners'), ('serviceniveau', 'Serviceniveau'), ('omgeving', 'Oefenomgeving'), ('opslag', 'Opslag'), ('documenten', 'Documenten'), ('verzoeken', "Verzoeken aan de API's"), ('gemeenschap', 'Bijdrage aan de gemeenschap'), ('strippenkaart', 'Strippenkaart'), ('uur', 'Uren')]


class Migration(migrations.Migration):

    dependencies = [
        ('contracts', '0002_published'),
        ('registry', '0008_organisation_introduced_by'),
    ]

    operations = [
        migrations.CreateModel(
            name='PriceList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
            ],
            options={
                'ordering': ('name', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PriceListVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('effective_from', models.DateField()),
                ('reason', models.CharField(max_length=500)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.CharField(max_length=254)),
                ('currency', models.CharField(default='EUR', max_length=3)),
                ('btw_percentage', models.PositiveSmallIntegerField(default=21, help_text='Comes on top: every price is without btw.')),
                ('price_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='contracts.pricelist')),
            ],
            options={
                'ordering': ('-number',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Price',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=KINDS, max_length=20)),
                ('label', models.CharField(max_length=100)),
                ('amount_cents', models.PositiveIntegerField()),
                ('tier_from', models.PositiveIntegerField(null=True)),
                ('tier_to', models.PositiveIntegerField(null=True)),
                ('included', models.PositiveIntegerField(default=0)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='contracts.pricelistversion')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddConstraint(
            model_name='pricelist',
            constraint=models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('name'), name='one_pricelist_per_name'),
        ),
        migrations.AddConstraint(
            model_name='pricelistversion',
            constraint=models.UniqueConstraint(models.F('price_list'), models.F('number'), name='one_price_list_version'),
        ),
        migrations.AddConstraint(
            model_name='pricelistversion',
            constraint=models.CheckConstraint(condition=models.Q(('currency', 'EUR')), name='prices_in_euros'),
        ),
        migrations.AddConstraint(
            model_name='pricelistversion',
            constraint=models.CheckConstraint(condition=models.Q(('btw_percentage__lte', 100)), name='btw_is_a_part'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [kind for kind, _ in KINDS])), name='known_kind_of_price'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.CheckConstraint(condition=models.Q(('amount_cents__lte', 1000000000), ('included__lte', 1000000000)), name='price_within_bounds'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.CheckConstraint(condition=models.Q(kind='basis', tier_from__isnull=False) | (~models.Q(kind='basis') & models.Q(tier_from__isnull=True, tier_to__isnull=True)), name='tiers_of_the_base'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.CheckConstraint(condition=models.Q(('tier_to__isnull', True), ('tier_to__gt', models.F('tier_from')), _connector='OR'), name='tier_holds_some'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'strippenkaart'), _negated=True), ('included__gt', 0), _connector='OR'), name='bundle_holds_hours'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.UniqueConstraint(models.F('version'), models.F('tier_from'), condition=models.Q(('kind', 'basis')), name='one_price_per_tier'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.UniqueConstraint(models.F('version'), django.db.models.functions.text.Lower('label'), condition=models.Q(('kind', 'serviceniveau')), name='one_price_per_level'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.UniqueConstraint(models.F('version'), models.F('included'), condition=models.Q(('kind', 'strippenkaart')), name='one_price_per_bundle'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.UniqueConstraint(models.F('version'), models.F('kind'), condition=models.Q(('kind__in', ('basis', 'serviceniveau', 'strippenkaart')), _negated=True), name='one_price_per_kind'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
