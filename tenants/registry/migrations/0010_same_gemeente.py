from django.db import migrations

# As MunicipalityQuerySet.same_gemeente, for guards of other tables.
MADE = """
CREATE FUNCTION public.registry_same_gemeente(one bigint, other bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT EXISTS (
        SELECT FROM public.registry_municipality AS first
        JOIN public.registry_municipality AS second ON second.cbs_code = first.cbs_code
            OR (first.cbs_code IS NULL AND second.cbs_code IS NULL AND second.naam = first.naam)
        WHERE first.id = one AND second.id = other
    )
$$;
REVOKE ALL ON FUNCTION public.registry_same_gemeente(bigint, bigint) FROM PUBLIC;
"""
TAKEN_AWAY = "DROP FUNCTION public.registry_same_gemeente(bigint, bigint);"


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_one_name")]

    operations = [migrations.RunSQL(MADE, TAKEN_AWAY)]
