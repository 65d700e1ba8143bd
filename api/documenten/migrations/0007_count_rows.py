"""Count the documents that stand, and their verzendingen."""

from django.db import migrations

from api.records.row_counts import Counted

DOCUMENTEN = Counted(
    "documenten_enkelvoudiginformatieobject",
    type="informatieobjecttype_id",
    level="vertrouwelijkheidaanduiding",
    published="is_gereed_voor_publicatie",
    below={"documenten_verzending": "informatieobject_id"},
)


class Migration(migrations.Migration):
    dependencies = [("documenten", "0006_row_counts")]

    operations = [DOCUMENTEN.standing()]
