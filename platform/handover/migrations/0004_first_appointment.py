from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from tenants.registry.door import give_functions, take_functions

BEGIN_BEFORE = import_module("handover.migrations.0002_door").BEGIN
# As in 0002, but that a gemeente may have no partner yet: then nobody leaves.
BEGIN = """
CREATE FUNCTION public.handover_begin(asked_role text, asked_to bigint, decision text, decided_on date)
    RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    INSERT INTO public.handover_handover (
        municipality_id, role, from_organisation_id, to_organisation_id, from_name, to_name, municipality_name,
        decision, decided_on, state, begun_at, inventory
    )
    SELECT own.id, asked_role, former.id, next.id, COALESCE(former.name, 'niemand'), next.name, own.naam,
        decision, decided_on, 'concept', pg_catalog.clock_timestamp(), '{}'
    FROM public.registry_municipality AS own
    JOIN public.registry_organisation AS next ON next.id = asked_to
        AND next.kind = CASE asked_role
            WHEN 'host' THEN 'vendor'
            WHEN 'implementation_partner' THEN 'implementation_partner' END
    LEFT JOIN public.registry_organisation AS former ON former.id = CASE asked_role
        WHEN 'host' THEN own.vendor_id
        WHEN 'implementation_partner' THEN own.implementation_partner_id END
    WHERE own.id = public.registry_own_municipality() AND former.id IS DISTINCT FROM next.id
    RETURNING id
$$;
"""
SIGNATURE = "handover_begin(text, bigint, text, date)"


class Migration(migrations.Migration):
    dependencies = [("handover", "0003_declined")]

    operations = [
        migrations.AlterField(
            model_name="handover",
            name="from_organisation",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty where nobody had the role yet.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handed_over",
                to="registry.organisation",
            ),
        ),
        take_functions(BEGIN_BEFORE, SIGNATURE),
        give_functions(BEGIN, SIGNATURE),
    ]
