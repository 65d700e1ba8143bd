"""URLs in stored JSON get the form that no text can have: ``"\\/zaken/…"`` for ``"zaakplein:/zaken/…"``."""

from django.db import migrations

import api.records.raw_json

TRAIL = r"""
UPDATE records_audittrail
   SET oud = regexp_replace(oud::text, '(?<!\\)"zaakplein:/', '"\\/', 'g')::json,
       nieuw = regexp_replace(nieuw::text, '(?<!\\)"zaakplein:/', '"\\/', 'g')::json
"""
TRAIL_BACK = """
UPDATE records_audittrail
   SET oud = replace(oud::text, '"\\/', '"zaakplein:/')::json,
       nieuw = replace(nieuw::text, '"\\/', '"zaakplein:/')::json
"""
OUTBOX = r"""
ALTER TABLE records_outboxmessage ALTER COLUMN kenmerken TYPE json
USING regexp_replace(kenmerken::text, '(?<!\\)"zaakplein:/', '"\\/', 'g')::json
"""
OUTBOX_BACK = """
ALTER TABLE records_outboxmessage ALTER COLUMN kenmerken TYPE jsonb
USING replace(kenmerken::text, '"\\/', '"zaakplein:/')::jsonb
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.RunSQL(TRAIL, TRAIL_BACK),
        migrations.RunSQL(
            OUTBOX,
            OUTBOX_BACK,
            state_operations=[
                migrations.AlterField(
                    model_name="outboxmessage",
                    name="kenmerken",
                    field=api.records.raw_json.RawJSONField(default="{}"),
                ),
            ],
        ),
    ]
