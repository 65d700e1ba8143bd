from django.db import migrations

# What was seen stays seen, whoever asks: the function names no schema, so each has its own.
FORWARD = """
CREATE FUNCTION visits_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Visits are append-only.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON visits_visit
    FOR EACH STATEMENT EXECUTE FUNCTION visits_are_append_only();
"""

BACKWARD = """
DROP TRIGGER append_only ON visits_visit;
DROP FUNCTION visits_are_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
