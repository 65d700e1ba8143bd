"""Without the indexes that others stand for by now, in a moment."""

from django.db import migrations

from api.pipeline.sql.set_aside import without_former


class Migration(migrations.Migration):
    dependencies = [("documenten", "0008_bestandsdeel_place")]

    operations = [
        without_former(
            "document_rights",
            "document_titel",
            "document_auteur",
            "document_creatiedatum",
            "document_bestandsomvang",
            "document_formaat",
            "document_status",
            "document_niveau",
        ),
    ]
