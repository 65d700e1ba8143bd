from django.db import migrations

# Of whoever reads: the schemas that his database role may use. The barrier keeps what he asks behind that.
FORWARD = """
CREATE VIEW backoffice_lines_of_a_municipality WITH (security_barrier) AS
SELECT line.id, line.at, line.person, line.organisation, line.area, line.action, line.subject, line.changes
FROM backoffice_logline AS line
JOIN pg_namespace AS own ON own.nspname = line.municipality
WHERE has_schema_privilege(own.oid, 'USAGE');
"""


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0003_draft")]

    operations = [migrations.RunSQL(FORWARD, "DROP VIEW backoffice_lines_of_a_municipality")]
