"""What holds of contracts whoever writes: these functions have the rights of their maker, and nobody calls them."""

from django.db import migrations

# Of one line of the work an environment has one contract on a day.
ONE_AT_A_TIME = """
ALTER TABLE contracts_inforce ADD CONSTRAINT in_force_until_after_since CHECK (until >= since);
ALTER TABLE contracts_inforce ADD CONSTRAINT one_contract_at_a_time EXCLUDE USING gist (
    municipality_id WITH =, line WITH =, daterange(since, until, '[]') WITH &&
);
"""

# A test compares the steps with contracts.states.
VERSION = """
CREATE FUNCTION public.contracts_version_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    what_follows text[] := ARRAY['state', 'signed_at', 'closed_at'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'concept' OR NEW.offered_at IS NOT NULL THEN
            RAISE EXCEPTION 'A contract begins as a concept.' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.contract_id <> NEW.contract_id OR OLD.number <> NEW.number THEN
        RAISE EXCEPTION 'A version stays with its contract.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state NOT IN ('concept', 'aangeboden') AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'What became of a version does not change.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'aangeboden' AND to_jsonb(NEW) - what_follows <> to_jsonb(OLD) - what_follows THEN
        RAISE EXCEPTION 'What was offered does not change.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        VALUES ('concept', 'aangeboden'),
            ('concept', 'ingetrokken'),
            ('aangeboden', 'getekend'),
            ('aangeboden', 'afgewezen'),
            ('aangeboden', 'ingetrokken')
    ) THEN
        RAISE EXCEPTION 'A contract does not go this way.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON contracts_contractversion
    FOR EACH ROW EXECUTE FUNCTION public.contracts_version_guard();
"""

# Of who writes in a draft while another offers it, the second waits and is refused.
PARTS = """
CREATE FUNCTION public.contracts_part_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF TG_TABLE_NAME = 'contracts_contractcover' AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    PERFORM FROM public.contracts_contractversion
    WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.version_id ELSE NEW.version_id END AND state = 'concept'
    FOR SHARE;
    IF NOT FOUND OR (TG_OP = 'UPDATE' AND OLD.version_id <> NEW.version_id) THEN
        RAISE EXCEPTION 'What was offered does not change.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_TABLE_NAME = 'contracts_contractcover' AND (to_jsonb(NEW) ->> 'is_offered')::boolean THEN
        RAISE EXCEPTION 'A concept is shown to nobody.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
""" + "".join(
    f"CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION public.contracts_part_guard();\n"
    for table in ("contracts_contractparty", "contracts_contractcover", "contracts_contractline")
)

# A later annex is signed by itself; what was signed stays.
ANNEX = """
CREATE FUNCTION public.contracts_annex_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    standing text;
    agreed text[] := ARRAY['signed_at', 'signed_by'];
BEGIN
    SELECT state INTO standing FROM public.contracts_contractversion
    WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.version_id ELSE NEW.version_id END FOR SHARE;
    IF TG_OP = 'DELETE' THEN
        IF standing = 'concept' THEN
            RETURN OLD;
        END IF;
    ELSIF TG_OP = 'INSERT' THEN
        IF standing = 'concept' OR (standing = 'getekend' AND NEW.signed_at IS NULL) THEN
            RETURN NEW;
        END IF;
    ELSIF OLD.version_id = NEW.version_id THEN
        IF standing = 'concept' THEN
            RETURN NEW;
        END IF;
        IF OLD.signed_at IS NULL AND to_jsonb(NEW) - agreed = to_jsonb(OLD) - agreed THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'What was offered or signed does not change.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON contracts_annex
    FOR EACH ROW EXECUTE FUNCTION public.contracts_annex_guard();
"""

# Who drafted it signs it with no hat, and nobody signs something else than what was offered.
SIGNATURE = """
CREATE FUNCTION public.contracts_signature_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'A signature does not change.' USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM FROM public.contracts_contractversion
    WHERE id = NEW.version_id AND state = 'aangeboden' AND digest = NEW.digest
        AND offer_until >= (NEW.at AT TIME ZONE 'Europe/Amsterdam')::date
        AND NOT lower(NEW.email) = ANY (drafters)
    FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Not to be signed, or not by this person.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON contracts_signature
    FOR EACH ROW EXECUTE FUNCTION public.contracts_signature_guard();
"""

IN_FORCE = """
CREATE FUNCTION public.contracts_in_force_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'What is in force follows from signatures and notice.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON contracts_inforce
    FOR EACH ROW EXECUTE FUNCTION public.contracts_in_force_guard();

CREATE FUNCTION public.contracts_follow_version() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF NEW.state = 'aangeboden' THEN
        UPDATE public.contracts_contractcover SET is_offered = true WHERE version_id = NEW.id;
    END IF;
    IF NEW.state <> 'getekend' THEN
        RETURN NULL;
    END IF;
    PERFORM FROM public.contracts_contract WHERE id = NEW.contract_id FOR UPDATE;
    IF (SELECT count(*) FROM public.contracts_signature WHERE version_id = NEW.id) <> 2 THEN
        RAISE EXCEPTION 'Both sides sign a contract.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM public.contracts_contract WHERE id = NEW.contract_id AND ends_on IS NOT NULL) THEN
        RAISE EXCEPTION 'Notice of this contract was given.' USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE public.contracts_annex SET signed_at = NEW.signed_at WHERE version_id = NEW.id AND signed_at IS NULL;
    IF NOT EXISTS (
        SELECT FROM public.contracts_annex
        WHERE version_id = NEW.id AND kind = 'verwerkersovereenkomst' AND signed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'A contract comes with a processing agreement.' USING ERRCODE = 'restrict_violation';
    END IF;
    DELETE FROM public.contracts_inforce WHERE contract_id = NEW.contract_id AND since >= NEW.start;
    UPDATE public.contracts_inforce SET until = NEW.start - 1
    WHERE contract_id = NEW.contract_id AND (until IS NULL OR until >= NEW.start);
    INSERT INTO public.contracts_inforce (municipality_id, line, contract_id, version_id, since, until)
    SELECT cover.municipality_id, party.line, NEW.contract_id, NEW.id, NEW.start,
        CASE NEW.renewal WHEN 'none' THEN NEW."end" END
    FROM public.contracts_contractcover AS cover
    JOIN public.contracts_contractparty AS party ON party.version_id = cover.version_id
    WHERE cover.version_id = NEW.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A contract is about something.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER follow AFTER UPDATE ON contracts_contractversion FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.contracts_follow_version();
"""

CONTRACT = """
CREATE FUNCTION public.contracts_contract_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    notice text[] := ARRAY['notice_at', 'notice_side', 'notice_by', 'notice_reason', 'ends_on'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.organisation_id <> NEW.organisation_id OR OLD.number <> NEW.number THEN
        RAISE EXCEPTION 'A contract keeps its number.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.ends_on IS NOT NULL THEN
        RAISE EXCEPTION 'Notice is given once.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - notice <> to_jsonb(OLD) - notice AND EXISTS (
        SELECT FROM public.contracts_contractversion WHERE contract_id = NEW.id AND offered_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'What was offered does not change.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.ends_on IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.contracts_contractversion AS last
        WHERE last.contract_id = NEW.id AND last.renewal = 'yearly'
            AND last.number = (
                SELECT max(number) FROM public.contracts_contractversion
                WHERE contract_id = NEW.id AND state = 'getekend'
            )
            AND NEW.ends_on >= last."end"
            AND (NEW.ends_on - make_interval(months => last.notice_months))::date
                >= (NEW.notice_at AT TIME ZONE 'Europe/Amsterdam')::date
    ) THEN
        RAISE EXCEPTION 'Notice keeps to its term.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON contracts_contract
    FOR EACH ROW EXECUTE FUNCTION public.contracts_contract_guard();

CREATE FUNCTION public.contracts_follow_notice() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    DELETE FROM public.contracts_inforce WHERE contract_id = NEW.id AND since > NEW.ends_on;
    UPDATE public.contracts_inforce SET until = NEW.ends_on
    WHERE contract_id = NEW.id AND (until IS NULL OR until > NEW.ends_on);
    RETURN NULL;
END $$;
CREATE TRIGGER follow AFTER UPDATE ON contracts_contract FOR EACH ROW
    WHEN (OLD.ends_on IS DISTINCT FROM NEW.ends_on) EXECUTE FUNCTION public.contracts_follow_notice();
"""

ENTRY = """
CREATE FUNCTION public.contracts_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What happened to a contract is append-only.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON contracts_contractentry
    FOR EACH STATEMENT EXECUTE FUNCTION public.contracts_entry_guard();
"""

GUARDS = {
    "contracts_version_guard": ("guard", "contracts_contractversion"),
    "contracts_annex_guard": ("guard", "contracts_annex"),
    "contracts_signature_guard": ("guard", "contracts_signature"),
    "contracts_in_force_guard": ("guard", "contracts_inforce"),
    "contracts_follow_version": ("follow", "contracts_contractversion"),
    "contracts_contract_guard": ("guard", "contracts_contract"),
    "contracts_follow_notice": ("follow", "contracts_contract"),
    "contracts_entry_guard": ("guard", "contracts_contractentry"),
    "contracts_part_guard": (
        "guard",
        "contracts_contractparty",
        "contracts_contractcover",
        "contracts_contractline",
    ),
}
TO_NOBODY = "".join(f"REVOKE ALL ON FUNCTION public.{name}() FROM PUBLIC;\n" for name in GUARDS)
FORWARD = f"{ONE_AT_A_TIME}{VERSION}{PARTS}{ANNEX}{SIGNATURE}{IN_FORCE}{CONTRACT}{ENTRY}{TO_NOBODY}"
BACKWARD = (
    "".join(
        f"DROP TRIGGER {trigger} ON {table};\n"
        for trigger, *tables in GUARDS.values()
        for table in tables
    )
    + "".join(f"DROP FUNCTION public.{name}();\n" for name in GUARDS)
    + "ALTER TABLE contracts_inforce DROP CONSTRAINT one_contract_at_a_time;\n"
    "ALTER TABLE contracts_inforce DROP CONSTRAINT in_force_until_after_since;\n"
)


class Migration(migrations.Migration):
    dependencies = [("contracts", "0004_contracts")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
