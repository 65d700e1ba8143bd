"""Remember every client id that was given out; those in use are the first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="IssuedClientId",
            fields=[
                ("client_id", models.CharField(max_length=50, primary_key=True, serialize=False)),
                ("applicatie_uuid", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(
            "INSERT INTO clients_issuedclientid (client_id, applicatie_uuid)"
            " SELECT client_id, applicatie_id FROM clients_clientid",
            migrations.RunSQL.noop,
        ),
    ]
