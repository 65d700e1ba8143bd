from django.db import migrations

# A line of the log stays as it was written, whoever asks: the function names no schema, so each has its own.
FORWARD = """
CREATE FUNCTION backoffice_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log is append-only.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON backoffice_logline
    FOR EACH STATEMENT EXECUTE FUNCTION backoffice_log_is_append_only();
"""

BACKWARD = """
DROP TRIGGER append_only ON backoffice_logline;
DROP FUNCTION backoffice_log_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
