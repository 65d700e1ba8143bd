"""Count the zaken that stand, and what belongs to them."""

from django.db import migrations

from api.records.row_counts import Counted

ZAKEN = Counted(
    "zaken_zaak",
    type="zaaktype_id",
    level="vertrouwelijkheidaanduiding",
    below={"zaken_resultaat": "zaak_id", "zaken_rol": "zaak_id", "zaken_status": "zaak_id"},
)


class Migration(migrations.Migration):
    dependencies = [("zaken", "0005_row_counts")]

    operations = [ZAKEN.standing()]
