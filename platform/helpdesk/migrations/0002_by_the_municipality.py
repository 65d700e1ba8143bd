import django.db.models.deletion
from django.db import migrations, models

from tenants.registry.door import give_functions, let_doorkeeper_write, open_door, tell_doorkeeper

# How a report stands after what the municipality does, by how it stood; a test compares it with helpdesk.states.
STEPS = """
            ('reactie', 'nieuw', 'nieuw'),
            ('reactie', 'in_behandeling', 'in_behandeling'),
            ('reactie', 'wacht_op_melder', 'in_behandeling'),
            ('reactie', 'wacht_op_derde', 'in_behandeling'),
            ('reactie', 'gepland', 'in_behandeling'),
            ('reactie', 'opgelost', 'opgelost'),
            ('oneens', 'opgelost', 'in_behandeling'),
            ('bevestigd', 'opgelost', 'gesloten'),
            ('ingetrokken', 'nieuw', 'ingetrokken'),
            ('ingetrokken', 'in_behandeling', 'ingetrokken'),
            ('ingetrokken', 'wacht_op_melder', 'ingetrokken'),
            ('ingetrokken', 'wacht_op_derde', 'ingetrokken'),
            ('ingetrokken', 'gepland', 'ingetrokken'),
            ('waardering', 'opgelost', 'opgelost'),
            ('waardering', 'gesloten', 'gesloten')
"""

# Nobody else does anything to a report meanwhile: what its clocks say is worked out from what it is now.
LOCK = """
CREATE FUNCTION public.helpdesk_lock(asked bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM 1 FROM public.helpdesk_ticket
    WHERE id = asked AND municipality_id = public.registry_own_municipality() FOR UPDATE;
    RETURN FOUND;
END $$;
"""

# Of a report, in both functions: its clocks anew, and the files of what was said. Whom the vendor warned of
# its clocks no municipality reads.
BOUNDS = """
    IF pg_catalog.jsonb_array_length(clocks) > 1000 OR pg_catalog.jsonb_array_length(files) > 10 THEN
        RAISE EXCEPTION 'More than a message has.' USING ERRCODE = 'program_limit_exceeded';
    END IF;
"""
REST = """
    DELETE FROM public.helpdesk_ticketclock WHERE ticket_id = asked;
    INSERT INTO public.helpdesk_ticketclock (
        ticket_id, municipality_id, place, kind, priority, outcome, target_seconds, used_seconds, paused_seconds,
        started_at, stopped_at, due_at, warns_at, next_warning_at
    )
    SELECT asked, own, given.place, given.kind, given.priority, given.outcome, given.target_seconds,
        given.used_seconds, given.paused_seconds, given.started_at, given.stopped_at, given.due_at,
        COALESCE(given.warns_at, '{}'), CASE WHEN given.stopped_at IS NULL THEN (
            SELECT min(part.at) FROM (
                VALUES (50, given.warns_at[1]), (75, given.warns_at[2]), (90, given.warns_at[3]), (100, given.due_at)
            ) AS part (percent, at)
            WHERE part.percent > COALESCE((
                SELECT max(told.percent) FROM public.helpdesk_warned AS told
                WHERE told.ticket_id = asked AND told.kind = given.kind AND told.started_at = given.started_at
            ), 0)
        ) END
    FROM pg_catalog.jsonb_to_recordset(clocks) AS given (
        place smallint, kind text, priority text, outcome text, target_seconds int, used_seconds int,
        paused_seconds int, started_at timestamptz, stopped_at timestamptz, due_at timestamptz,
        warns_at timestamptz[]
    );
    INSERT INTO public.helpdesk_attachment (
        ticket_id, event_id, municipality_id, is_public, name, size, content_type, key
    )
    SELECT asked, written, own, true, given.name, given.size, given.content_type, given.key
    FROM pg_catalog.jsonb_to_recordset(files) AS given (name text, size int, content_type text, key text)
    WHERE given.key LIKE 'meldingen/%';
    INSERT INTO public.helpdesk_sending (municipality_id, key, ticket_id) VALUES (own, once, asked);
"""
EVENT = """
    INSERT INTO public.helpdesk_ticketevent (
        ticket_id, municipality_id, at, recorded_at, what, side, actor_name, organisation_name, channel,
        is_public, before, after, text, is_masked
    )
    SELECT asked, own, moment, pg_catalog.clock_timestamp(), {what}, 'gemeente', who, known.naam, 'portaal',
        true, {before}, {after}, words, masked
    FROM public.registry_municipality AS known WHERE known.id = own
    RETURNING id INTO STRICT written;
"""

# Who serves the municipality is read here, and that what is agreed is agreed with it. Answers which event it wrote.
REPORT = f"""
CREATE FUNCTION public.helpdesk_report(
    once uuid, about jsonb, words text, masked boolean, who text, email text, moment timestamptz,
    contract bigint, level bigint, next_due timestamptz, due_kind text, clocks jsonb, files jsonb
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    own CONSTANT bigint := public.registry_own_municipality();
    asked bigint;
    written bigint;
BEGIN
    {BOUNDS}
    IF (level IS NOT NULL OR contract IS NOT NULL) AND NOT EXISTS (
        SELECT FROM public.contracts_inforce AS held
        JOIN public.contracts_contractversion AS agreed ON agreed.id = held.version_id
        WHERE held.municipality_id = own AND held.contract_id = contract AND agreed.service_level_version_id = level
    ) THEN
        RAISE EXCEPTION 'This is not agreed with this municipality.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.helpdesk_ticket (
        municipality_id, subject, reporter_name, reporter_email, channel, kind, impact, urgency, priority,
        priority_reason, component, status, opened_at, waiting_question, planned_label, owner_name, line,
        organisation_id, organisation_name, contract_id, service_level_version_id, external_issue,
        contains_personal_data, cause, solution, last_public_at, last_public_by_side, next_due_at, next_due_kind, reply_token
    )
    SELECT own, about ->> 'subject', who, email, 'portaal', about ->> 'kind', about ->> 'impact',
        about ->> 'urgency', about ->> 'priority', '', about ->> 'component', 'nieuw', moment, '', '', '', 1,
        served.id, served.name, contract, level, '', masked, '', '', moment, 'gemeente', next_due, due_kind,
        pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
            pg_catalog.gen_random_uuid()::text || pg_catalog.gen_random_uuid()::text, 'UTF8')), 'hex'), 32)
    FROM public.registry_municipality AS known
    JOIN public.registry_organisation AS served ON served.id = known.vendor_id
    WHERE known.id = own
    RETURNING id INTO STRICT asked;
    {EVENT.format(what="'ontvangen'", before="''", after="about ->> 'priority'")}
    {REST}
    RETURN written;
END $$;
"""  # all of it stands here

# Answers which event it wrote; nothing where the report does not stand so, or is not its own.
STEP = f"""
CREATE FUNCTION public.helpdesk_step(
    once uuid, asked bigint, seen text, follows text, act text, words text, masked boolean, who text,
    moment timestamptz, mark int, next_due timestamptz, due_kind text, clocks jsonb, files jsonb
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    own CONSTANT bigint := public.registry_own_municipality();
    written bigint;
BEGIN
    {BOUNDS}
    IF (act, seen, follows) NOT IN (
        VALUES {STEPS}
    ) OR (act IN ('reactie', 'oneens', 'ingetrokken') AND pg_catalog.btrim(words) = '') OR ((act = 'waardering') <> (mark IS NOT NULL))
    THEN
        RAISE EXCEPTION 'A municipality does not do this.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.helpdesk_ticket AS known SET
        status = follows,
        waits_since = CASE WHEN follows = known.status THEN known.waits_since END,
        waiting_question = CASE WHEN follows = known.status THEN known.waiting_question ELSE '' END,
        planned_for = CASE WHEN follows = known.status THEN known.planned_for END,
        planned_label = CASE WHEN follows = known.status THEN known.planned_label ELSE '' END,
        solved_at = CASE WHEN follows = 'in_behandeling' THEN NULL ELSE known.solved_at END,
        closed_at = CASE WHEN act IN ('bevestigd', 'ingetrokken') THEN moment ELSE known.closed_at END,
        satisfaction = CASE WHEN act = 'waardering' THEN mark ELSE known.satisfaction END,
        contains_personal_data = known.contains_personal_data OR masked,
        last_public_at = CASE WHEN act IN ('reactie', 'oneens') THEN moment ELSE known.last_public_at END,
        last_public_by_side = CASE WHEN act IN ('reactie', 'oneens') THEN 'gemeente' ELSE known.last_public_by_side END,
        next_due_at = next_due, next_due_kind = due_kind
    WHERE known.id = asked AND known.municipality_id = own AND known.status = seen
        AND (act <> 'waardering' OR known.satisfaction IS NULL);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    {EVENT.format(what="act", before="''", after="COALESCE(mark::text, '')")}
    {REST}
    RETURN written;
END $$;
"""  # all of it stands here
REPORTED = (
    "municipality_id, subject, reporter_name, reporter_email, channel, kind, impact, urgency, priority,"
    " priority_reason, component, status, opened_at, waiting_question, planned_label, owner_name, line,"
    " organisation_id, organisation_name, contract_id, service_level_version_id, external_issue,"
    " contains_personal_data, cause, solution, last_public_at, last_public_by_side, next_due_at, next_due_kind, reply_token"
)
CHANGED = (
    "status, waits_since, waiting_question, planned_for, planned_label, solved_at, closed_at, satisfaction,"
    " contains_personal_data, last_public_at, last_public_by_side, next_due_at, next_due_kind"
)
HAPPENED = (
    "ticket_id, municipality_id, at, recorded_at, what, side, actor_name, organisation_name, channel, is_public,"
    " before, after, text, is_masked"
)
CLOCK = (
    "ticket_id, municipality_id, place, kind, priority, outcome, target_seconds, used_seconds, paused_seconds,"
    " started_at, stopped_at, due_at, warns_at, next_warning_at"
)


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0001_initial"), ("contracts", "0006_contracts_door"), ("handover", "0002_door")]

    operations = [
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("municipality", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="registry.municipality")),
                ("ticket", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="helpdesk.ticket")),
            ],
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(models.F("municipality"), models.F("key"), name="sent_once"),
        ),
        open_door(
            "helpdesk_sending",
            columns=["id", "municipality_id", "key", "ticket_id"],
            written=["INSERT (municipality_id, key, ticket_id)"],
        ),
        tell_doorkeeper("helpdesk_warned", ["ticket_id", "kind", "started_at", "percent"]),
        let_doorkeeper_write("helpdesk_ticket", f"INSERT ({REPORTED})", f"UPDATE ({CHANGED})"),
        let_doorkeeper_write("helpdesk_ticketevent", f"INSERT ({HAPPENED})"),
        let_doorkeeper_write("helpdesk_ticketclock", "DELETE", f"INSERT ({CLOCK})"),
        let_doorkeeper_write(
            "helpdesk_attachment",
            "INSERT (ticket_id, event_id, municipality_id, is_public, name, size, content_type, key)",
        ),
        give_functions(
            LOCK + REPORT + STEP,
            "helpdesk_lock(bigint)",
            "helpdesk_report(uuid, jsonb, text, boolean, text, text, timestamptz, bigint, bigint, timestamptz, text,"
            " jsonb, jsonb)",
            "helpdesk_step(uuid, bigint, text, text, text, text, boolean, text, timestamptz, int, timestamptz,"
            " text, jsonb, jsonb)",
        ),
    ]
