from django.db import migrations

from tenants.registry.door import give_functions, open_door

# What both sides agreed on stays, whoever asks; what was shared keeps its figures.
FIXED_STAYS = """
CREATE FUNCTION service_reports_fixed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A service report is not deleted.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state NOT IN ('concept', 'gedeeld') THEN
        RAISE EXCEPTION 'A service report that is fixed, disputed or replaced does not change.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.municipality_id, NEW.organisation_id, NEW.month, NEW.version)
        IS DISTINCT FROM (OLD.municipality_id, OLD.organisation_id, OLD.month, OLD.version)
    THEN
        RAISE EXCEPTION 'A service report stays of its month.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'gedeeld' AND (
        NEW.figures, NEW.reason, NEW.contract_number, NEW.municipality_name, NEW.organisation_name,
        NEW.made_at, NEW.made_by, NEW.shared_at, NEW.shared_by, NEW.fixes_at
    ) IS DISTINCT FROM (
        OLD.figures, OLD.reason, OLD.contract_number, OLD.municipality_name, OLD.organisation_name,
        OLD.made_at, OLD.made_by, OLD.shared_at, OLD.shared_by, OLD.fixes_at
    ) THEN
        RAISE EXCEPTION 'The figures of a shared service report do not change.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'gedeeld' AND NEW.state = 'concept' THEN
        RAISE EXCEPTION 'A shared service report is no concept again.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fixed_stays BEFORE UPDATE OR DELETE ON service_reports_servicereport
    FOR EACH ROW EXECUTE FUNCTION service_reports_fixed_stays();
"""
ANYTHING = """
DROP TRIGGER fixed_stays ON service_reports_servicereport;
DROP FUNCTION service_reports_fixed_stays();
"""
# A concept is the vendor's own.
OWN_AND_SHARED = "municipality_id = (SELECT public.registry_own_municipality()) AND state <> 'concept'"
SHOWN = (
    "id",
    "municipality_id",
    "organisation_id",
    "municipality_name",
    "organisation_name",
    "contract_number",
    "month",
    "version",
    "reason",
    "figures",
    "state",
    "made_at",
    "made_by",
    "shared_at",
    "shared_by",
    "fixes_at",
    "vendor_agreed_at",
    "vendor_agreed_by",
    "municipality_agreed_at",
    "municipality_agreed_by",
    "disputed_at",
    "disputed_by",
    "dispute",
    "fixed_at",
)
DECIDED = "state, municipality_agreed_at, municipality_agreed_by, disputed_at, disputed_by, dispute, fixed_at"

# Each answers whether it did what was asked: somebody, or time, may have been first.
FUNCTIONS = """
CREATE FUNCTION public.service_reports_agree(report_id bigint, who text, at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.service_reports_servicereport
    SET municipality_agreed_at = at, municipality_agreed_by = who,
        state = CASE WHEN vendor_agreed_at IS NULL THEN 'gedeeld' ELSE 'vastgesteld' END,
        fixed_at = CASE WHEN vendor_agreed_at IS NULL THEN NULL ELSE at END
    WHERE id = report_id AND municipality_id = public.registry_own_municipality() AND state = 'gedeeld'
        AND fixes_at > at AND municipality_agreed_at IS NULL
        AND pg_catalog.lower(who) NOT IN (pg_catalog.lower(vendor_agreed_by), pg_catalog.lower(shared_by));
    RETURN FOUND;
END $$;

CREATE FUNCTION public.service_reports_dispute(report_id bigint, words text, who text, at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.service_reports_servicereport
    SET state = 'betwist', disputed_at = at, disputed_by = who, dispute = words
    WHERE id = report_id AND municipality_id = public.registry_own_municipality() AND state = 'gedeeld'
        AND fixes_at > at AND municipality_agreed_at IS NULL;
    RETURN FOUND;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("service_reports", "0001_initial"), ("registry", "0007_door")]

    operations = [
        migrations.RunSQL(FIXED_STAYS, ANYTHING),
        open_door(
            "service_reports_servicereport",
            columns=SHOWN,
            own=OWN_AND_SHARED,
            written=[f"UPDATE ({DECIDED})"],
        ),
        open_door(
            "service_reports_maintenance",
            columns=(
                "id", "municipality_id", "starts_at", "ends_at", "reason", "announced_at", "announced_by",
                "called_off_at", "called_off_by",
            ),
        ),
        give_functions(
            FUNCTIONS,
            "service_reports_agree(bigint, text, timestamptz)",
            "service_reports_dispute(bigint, text, text, timestamptz)",
        ),
    ]
