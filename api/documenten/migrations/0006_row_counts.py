"""Count documents and their verzendingen from here on; what stands is counted by the next.

By themselves these are done in a moment, and what stands is counted while others write.
"""

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
    dependencies = [("records", "0003_rowcount"), ("documenten", "0005_lists")]

    operations = DOCUMENTEN.operations()
