from django.db import migrations

from tenants.registry.door import give_functions, open_door, tell_doorkeeper

PARTY = """
CREATE VIEW handover_party AS SELECT id, name, kind FROM registry_organisation;
"""

# What happened stays as it was written, whoever asks.
APPEND_ONLY = """
CREATE FUNCTION handover_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What happened in a hand-over is append-only.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON handover_entry
    FOR EACH STATEMENT EXECUTE FUNCTION handover_entry_is_append_only();
"""
ANYTHING = """
DROP TRIGGER append_only ON handover_entry;
DROP FUNCTION handover_entry_is_append_only();
"""

# Who has the role now, and who may take it over, is read here: a gemeente says only what it wants.
BEGIN = """
CREATE FUNCTION public.handover_begin(asked_role text, asked_to bigint, decision text, decided_on date)
    RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    INSERT INTO public.handover_handover (
        municipality_id, role, from_organisation_id, to_organisation_id, from_name, to_name, municipality_name,
        decision, decided_on, state, begun_at, inventory
    )
    SELECT own.id, asked_role, former.id, next.id, former.name, next.name, own.naam,
        decision, decided_on, 'concept', pg_catalog.clock_timestamp(), '{}'
    FROM public.registry_municipality AS own
    JOIN public.registry_organisation AS former ON former.id = CASE asked_role
        WHEN 'host' THEN own.vendor_id
        WHEN 'implementation_partner' THEN own.implementation_partner_id END
    JOIN public.registry_organisation AS next ON next.id = asked_to AND next.id <> former.id
        AND next.kind = CASE asked_role
            WHEN 'host' THEN 'vendor'
            WHEN 'implementation_partner' THEN 'implementation_partner' END
    WHERE own.id = public.registry_own_municipality()
    RETURNING id
$$;
"""

# The acts of a gemeente and no others; a test compares them with handover.states.
STEP = """
CREATE FUNCTION public.handover_step(
    asked bigint, seen text, follows text, act text, person text, words text, moment timestamptz, overlap date
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF (act, seen, follows) NOT IN (
        VALUES ('aanvragen', 'concept', 'aangevraagd'),
            ('doorgaan', 'geschil', 'bevestigd'),
            ('plannen', 'voorbereiding', 'gepland'),
            ('verzetten', 'gepland', 'voorbereiding'),
            ('afronden', 'overgedragen', 'afgerond'),
            ('afbreken', 'concept', 'afgebroken'),
            ('afbreken', 'aangevraagd', 'afgebroken'),
            ('afbreken', 'aanvaard', 'afgebroken'),
            ('afbreken', 'bevestigd', 'afgebroken'),
            ('afbreken', 'geschil', 'afgebroken'),
            ('afbreken', 'voorbereiding', 'afgebroken'),
            ('afbreken', 'gepland', 'afgebroken')
    ) THEN
        RAISE EXCEPTION 'A gemeente does not do this.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.handover_handover SET state = follows,
        planned_at = CASE act WHEN 'plannen' THEN moment WHEN 'verzetten' THEN NULL ELSE planned_at END,
        overlap_until = CASE act WHEN 'plannen' THEN overlap WHEN 'verzetten' THEN NULL ELSE overlap_until END
    WHERE id = asked AND municipality_id = public.registry_own_municipality() AND state = seen;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.handover_entry (municipality_id, handover_id, at, act, side, person, words)
    VALUES (public.registry_own_municipality(), asked, pg_catalog.clock_timestamp(), act, 'gemeente', person, words);
    RETURN true;
END $$;
"""
TASK_DONE = """
CREATE FUNCTION public.handover_task_done(asked bigint, person text, proof text)
    RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.handover_task AS task
    SET done_at = pg_catalog.clock_timestamp(), done_by = person, evidence = proof
    FROM public.handover_handover AS handover
    WHERE task.id = asked AND task.municipality_id = public.registry_own_municipality()
        AND task.side = 'gemeente' AND task.done_at IS NULL AND handover.id = task.handover_id
        AND handover.state IN ('voorbereiding', 'gepland', 'overgedragen');
    RETURN FOUND;
END $$;
"""
BEGUN = "municipality_id, role, from_organisation_id, to_organisation_id, from_name, to_name, municipality_name"


class Migration(migrations.Migration):
    dependencies = [("handover", "0001_initial"), ("registry", "0007_door")]

    operations = [
        migrations.RunSQL(PARTY, "DROP VIEW handover_party"),
        migrations.RunSQL(APPEND_ONLY, ANYTHING),
        tell_doorkeeper("registry_municipality", ["vendor_id", "implementation_partner_id"]),
        tell_doorkeeper("registry_organisation", ["id", "name", "kind"]),
        open_door(
            "handover_handover",
            columns=(
                "id", "municipality_id", "role", "from_organisation_id", "to_organisation_id", "from_name", "to_name",
                "municipality_name", "decision", "decided_on", "state", "begun_at", "accepted_at", "planned_at",
                "performed_at", "overlap_until", "inventory",
            ),
            written=[
                f"INSERT ({BEGUN}, decision, decided_on, state, begun_at, inventory)",
                "UPDATE (state, planned_at, overlap_until)",
            ],
        ),
        open_door(
            "handover_entry",
            columns=("id", "municipality_id", "handover_id", "at", "act", "side", "person", "words"),
            written=["INSERT (municipality_id, handover_id, at, act, side, person, words)"],
        ),
        open_door(
            "handover_task",
            columns=(
                "id", "municipality_id", "handover_id", "key", "subject", "side", "after_the_moment", "due",
                "done_at", "done_by", "evidence",
            ),
            written=["UPDATE (done_at, done_by, evidence)"],
        ),
        give_functions(
            BEGIN + STEP + TASK_DONE,
            "handover_begin(text, bigint, text, date)",
            "handover_step(bigint, text, text, text, text, text, timestamptz, date)",
            "handover_task_done(bigint, text, text)",
        ),
    ]
