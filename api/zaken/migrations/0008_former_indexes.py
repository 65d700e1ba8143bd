"""Without the indexes that others stand for by now, in a moment."""

import django.db.models.deletion
from django.db import migrations, models

from api.pipeline.sql.set_aside import without_former, without_former_unique

BELOW_ONE_ON_TOP = """
    ALTER TABLE zaken_zaak ADD CONSTRAINT zaak_below_one_on_top
    FOREIGN KEY (hoofdzaak_id, stands_below) REFERENCES zaken_zaak (uuid, is_on_top)
"""
FREE = "ALTER TABLE zaken_zaak DROP CONSTRAINT zaak_below_one_on_top"


class Migration(migrations.Migration):
    dependencies = [("catalogi", "0002_filters_of_open_zaak"), ("zaken", "0007_machtiging")]

    operations = [
        migrations.RunSQL(FREE, migrations.RunSQL.noop),
        without_former_unique("zaken_zaak", "zaak_identificatie_unique", "zaak_on_top"),
        without_former(
            "status_history",
            "zaak_rights",
            "zaak_startdatum",
            "zaak_einddatum",
            "zaak_registratiedatum",
            "zaak_publicatiedatum",
            "zaak_archiefactiedatum",
            "zaak_archief",
            "zaak_einddatum_gepland",
            "zaak_uiterlijk",
            "rol_machtiging",
        ),
        migrations.AlterField(
            "resultaat",
            "resultaattype",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resultaten",
                to="catalogi.resultaattype",
            ),
        ),
        migrations.AlterField(
            "rol",
            "zaak",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rollen",
                to="zaken.zaak",
            ),
        ),
        migrations.RunSQL(BELOW_ONE_ON_TOP, FREE),
    ]
