from django.db import migrations

# Each process remembers which host is whose, with the version it read. A change of any of these tables
# gives a new version in the same transaction. It is random, not a number: a number that was rolled back
# would come again, for other contents.
FORWARD = """
CREATE TABLE public.registry_version (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    version uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO public.registry_version DEFAULT VALUES;

CREATE FUNCTION public.renew_registry_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE public.registry_version SET version = gen_random_uuid();
    RETURN NULL;
END $$;

CREATE TRIGGER renew_registry_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON public.registry_municipality FOR EACH STATEMENT EXECUTE FUNCTION public.renew_registry_version();
CREATE TRIGGER renew_registry_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON public.registry_domain FOR EACH STATEMENT EXECUTE FUNCTION public.renew_registry_version();
CREATE TRIGGER renew_registry_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON public.registry_allowedhost FOR EACH STATEMENT EXECUTE FUNCTION public.renew_registry_version();
"""

BACKWARD = """
DROP TRIGGER renew_registry_version ON public.registry_allowedhost;
DROP TRIGGER renew_registry_version ON public.registry_domain;
DROP TRIGGER renew_registry_version ON public.registry_municipality;
DROP FUNCTION public.renew_registry_version();
DROP TABLE public.registry_version;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
