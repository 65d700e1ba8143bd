from django.db import migrations

from tenants.registry.door import give_functions, let_doorkeeper_add

# What people of a municipality did is told as what the vendor did; whose it is follows from who calls.
HAPPENED = """
CREATE FUNCTION public.vendor_api_happened(of_topic text, what_happened text, to_subject bigint, of_organisation bigint)
    RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    INSERT INTO public.vendor_api_webhookevent (event, topic, what, subject, municipalities, organisation, at)
    SELECT pg_catalog.gen_random_uuid(), of_topic, what_happened, to_subject, ARRAY[own.id], of_organisation,
        pg_catalog.clock_timestamp()
    FROM (SELECT public.registry_own_municipality() AS id) AS own WHERE own.id IS NOT NULL
$$;
"""
COLUMNS = ("event", "topic", "what", "subject", "municipalities", "organisation", "at")


class Migration(migrations.Migration):
    dependencies = [("vendor_api", "0002_webhooks"), ("registry", "0007_door")]

    operations = [
        let_doorkeeper_add("vendor_api_webhookevent", COLUMNS),
        give_functions(HAPPENED, "vendor_api_happened(text, text, bigint, bigint)"),
    ]
