from django.db import migrations

from tenants.registry.door import OWN_SCHEMA, give_functions, open_door

# What people of a municipality did with what both share stands in the log of the vendor too.
NOTE = """
CREATE FUNCTION public.backoffice_note(person text, area text, action text, subject text, changes jsonb)
    RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    INSERT INTO public.backoffice_logline (at, person, organisation, area, action, subject, municipality, changes)
    SELECT pg_catalog.clock_timestamp(), person, known.naam, area, action, subject, known.schema_name, changes
    FROM public.registry_municipality AS known WHERE known.id = public.registry_own_municipality()
$$;
"""
VIEW = """
CREATE VIEW backoffice_lines_of_a_municipality WITH (security_barrier) AS
SELECT line.id, line.at, line.person, line.organisation, line.area, line.action, line.subject, line.changes
FROM backoffice_logline AS line
JOIN pg_namespace AS own ON own.nspname = line.municipality
WHERE has_schema_privilege(own.oid, 'USAGE');
"""
SHOWN = ("id", "at", "person", "organisation", "area", "action", "subject", "municipality", "changes")


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0004_lines_of_a_municipality"), ("registry", "0007_door")]

    operations = [
        migrations.RunSQL("DROP VIEW backoffice_lines_of_a_municipality", VIEW),
        open_door("backoffice_logline", columns=SHOWN, own=OWN_SCHEMA, written=["INSERT"]),
        give_functions(NOTE, "backoffice_note(text, text, text, text, jsonb)"),
    ]
