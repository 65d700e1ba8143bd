"""Count zaken, and what belongs to them, from here on; what stands is counted by the next.

By themselves these are done in a moment, and what stands is counted while others write.
"""

from django.db import migrations

from api.records.row_counts import Counted

ZAKEN = Counted(
    "zaken_zaak",
    type="zaaktype_id",
    level="vertrouwelijkheidaanduiding",
    below={"zaken_resultaat": "zaak_id", "zaken_rol": "zaak_id", "zaken_status": "zaak_id"},
)


class Migration(migrations.Migration):
    dependencies = [("records", "0003_rowcount"), ("zaken", "0004_lists")]

    operations = ZAKEN.operations()
