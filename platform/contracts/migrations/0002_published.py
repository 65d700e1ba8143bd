from django.db import migrations

# What was published stays as it was, whoever asks: contracts and clocks refer to it.
TABLES = ("contracts_calendarversion", "contracts_servicelevelversion", "contracts_target")
FORWARD = """
CREATE FUNCTION contracts_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was published does not change.' USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION contracts_published_stays();\n"
    for table in TABLES
)
BACKWARD = (
    "".join(f"DROP TRIGGER published_stays ON {table};\n" for table in TABLES)
    + "DROP FUNCTION contracts_published_stays();"
)


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
