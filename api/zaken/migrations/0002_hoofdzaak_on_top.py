"""Let the database hold that what has deelzaken is no deelzaak (zrc-013).

Before, two writes at once could make a deelzaak of a deelzaak, or two zaken each other's hoofdzaak. Every
zaak whose hoofdzaak stands below another one itself loses it, which undoes both and deletes nothing: the
zaken are named in the log, for people to put them where they belong.
"""

from typing import Any

import structlog
from django.db import migrations, models

logger = structlog.get_logger(__name__)

DETACH = """
    UPDATE zaken_zaak SET hoofdzaak_id = NULL FROM zaken_zaak AS hoofdzaak
    WHERE zaken_zaak.hoofdzaak_id = hoofdzaak.uuid AND hoofdzaak.hoofdzaak_id IS NOT NULL
    RETURNING zaken_zaak.uuid
"""
ON_TOP = """
    ALTER TABLE zaken_zaak ADD CONSTRAINT zaak_below_one_on_top
    FOREIGN KEY (hoofdzaak_id, stands_below) REFERENCES zaken_zaak (uuid, is_on_top)
"""


def detach(_apps: Any, schema_editor: Any) -> None:
    """Take the zaken that stand too low out of the hands of their hoofdzaak."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(DETACH)
        detached = [str(uuid) for (uuid,) in cursor.fetchall()]
        # the table cannot be altered while the foreign key still has to look at these rows
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    if detached:
        logger.warning("hoofdzaak removed", zaken=detached)


class Migration(migrations.Migration):
    dependencies = [("catalogi", "0001_initial"), ("zaken", "0001_initial")]

    operations = [
        migrations.RunPython(detach, migrations.RunPython.noop),
        migrations.AddField(
            model_name="zaak",
            name="is_on_top",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(hoofdzaak=None, then=models.Value(True)), default=models.Value(False)
                ),
                output_field=models.BooleanField(),
            ),
        ),
        migrations.AddField(
            model_name="zaak",
            name="stands_below",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(models.When(hoofdzaak__isnull=False, then=models.Value(True))),
                output_field=models.BooleanField(null=True),
            ),
        ),
        migrations.AddConstraint(
            model_name="zaak",
            constraint=models.UniqueConstraint(fields=("uuid", "is_on_top"), name="zaak_on_top"),
        ),
        migrations.RunSQL(ON_TOP, "ALTER TABLE zaken_zaak DROP CONSTRAINT zaak_below_one_on_top"),
    ]
