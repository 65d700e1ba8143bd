from django.db import migrations

from tenants.registry.door import open_door

# An incident is read by whom it concerns. Of whom else it concerns a municipality sees no row, so that neither
# names nor numbers of others are to be had; that holds inside this condition too.
OWN_INCIDENTS = (
    "(SELECT mine.incident_id FROM public.incidents_concerned AS mine"
    " WHERE mine.municipality_id = (SELECT public.registry_own_municipality()))"
)

# What was said stays as it was said, whoever asks.
APPEND_ONLY = """
CREATE FUNCTION incidents_update_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was said of an incident is append-only.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON incidents_incidentupdate
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_update_is_append_only();
"""
ANYTHING = """
DROP TRIGGER append_only ON incidents_incidentupdate;
DROP FUNCTION incidents_update_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_initial"), ("registry", "0007_door")]

    operations = [
        migrations.RunSQL(APPEND_ONLY, ANYTHING),
        open_door("incidents_concerned", columns=("id", "incident_id", "municipality_id", "since", "until")),
        open_door(
            "incidents_incident",
            columns=(
                "id", "organisation_name", "title", "component", "severity", "nature", "nature_since", "state",
                "started_at", "detected_at", "resolved_at", "last_update_at", "next_update_at", "cause", "prevention",
            ),
            own="id IN " + OWN_INCIDENTS,
        ),
        open_door(
            "incidents_incidentupdate",
            columns=(
                "id", "incident_id", "at", "state", "severity", "nature", "text", "author_name", "next_update_at",
            ),
            own="incident_id IN " + OWN_INCIDENTS,
        ),
    ]
