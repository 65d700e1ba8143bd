from django.db import migrations

from tenants.registry.door import OWN_FUNCTIONS, give_functions, tell_doorkeeper


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_municipality_second_factor_required")]

    operations = [
        tell_doorkeeper("registry_municipality", ["id", "schema_name", "naam"]),
        give_functions(OWN_FUNCTIONS, "registry_own_municipality()", "registry_own_schema()"),
    ]
