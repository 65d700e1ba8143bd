from django.db import migrations

# A line of the log stays as it was written, whoever asks: the function names no schema, so each has its own.
FORWARD = """
CREATE FUNCTION console_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log is append-only.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON console_logline
    FOR EACH STATEMENT EXECUTE FUNCTION console_log_is_append_only();
"""

BACKWARD = """
DROP TRIGGER append_only ON console_logline;
DROP FUNCTION console_log_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("console", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
