"""What is in force is so for who serves the municipality; of who served it before it ends."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

FORMER = import_module("contracts.migrations.0005_agreed_stays")

# As before, and besides: what nothing is in force of any more has ended with it.
CONTRACT = """
CREATE OR REPLACE FUNCTION public.contracts_contract_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    notice text[] := ARRAY['notice_at', 'notice_side', 'notice_by', 'notice_reason', 'ends_on'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.organisation_id <> NEW.organisation_id OR OLD.number <> NEW.number THEN
        RAISE EXCEPTION 'A contract keeps its number.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF pg_trigger_depth() > 1 AND to_jsonb(NEW) - 'ends_on' = to_jsonb(OLD) - 'ends_on'
        AND (OLD.ends_on IS NULL OR NEW.ends_on < OLD.ends_on)
        AND NOT EXISTS (
            SELECT FROM public.contracts_inforce
            WHERE contract_id = NEW.id AND (until IS NULL OR until > NEW.ends_on)
        )
    THEN
        RETURN NEW;
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
"""

# As before, but for the environments that somebody else serves: there it begins once this one serves them.
VERSION = """
CREATE OR REPLACE FUNCTION public.contracts_follow_version() RETURNS trigger
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
    IF NOT EXISTS (SELECT FROM public.contracts_contractcover WHERE version_id = NEW.id)
        OR NOT EXISTS (SELECT FROM public.contracts_contractparty WHERE version_id = NEW.id)
    THEN
        RAISE EXCEPTION 'A contract is about something.' USING ERRCODE = 'restrict_violation';
    END IF;
    DELETE FROM public.contracts_inforce WHERE contract_id = NEW.contract_id AND since >= NEW.start;
    UPDATE public.contracts_inforce SET until = NEW.start - 1
    WHERE contract_id = NEW.contract_id AND (until IS NULL OR until >= NEW.start);
    INSERT INTO public.contracts_inforce (municipality_id, line, contract_id, version_id, since, until)
    SELECT cover.municipality_id, party.line, NEW.contract_id, NEW.id, NEW.start,
        CASE NEW.renewal WHEN 'none' THEN NEW."end" END
    FROM public.contracts_contractcover AS cover
    JOIN public.contracts_contractparty AS party ON party.version_id = cover.version_id
    JOIN public.contracts_contract AS own ON own.id = NEW.contract_id
    JOIN public.registry_municipality AS served
        ON served.id = cover.municipality_id AND served.vendor_id = own.organisation_id
    WHERE cover.version_id = NEW.id;
    RETURN NULL;
END $$;
"""

# A contract of an earlier time with the same vendor does not come back: it was signed before that left.
CHANGE = """
CREATE FUNCTION public.contracts_change_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'Which vendor a municipality had does not change.' USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM FROM public.registry_municipality
    WHERE id = NEW.municipality_id AND vendor_id = NEW.to_organisation_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'This vendor does not serve the municipality.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON contracts_vendorchange
    FOR EACH ROW EXECUTE FUNCTION public.contracts_change_guard();

CREATE FUNCTION public.contracts_follow_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    first_day CONSTANT date := (NEW.at AT TIME ZONE 'Europe/Amsterdam')::date;
    ended bigint[];
BEGIN
    SELECT pg_catalog.array_agg(DISTINCT held.contract_id) INTO ended
    FROM public.contracts_inforce AS held
    JOIN public.contracts_contract AS known ON known.id = held.contract_id
    WHERE held.municipality_id = NEW.municipality_id AND known.organisation_id <> NEW.to_organisation_id
        AND (held.until IS NULL OR held.until >= first_day);
    DELETE FROM public.contracts_inforce
    WHERE contract_id = ANY (ended) AND municipality_id = NEW.municipality_id AND since >= first_day;
    UPDATE public.contracts_inforce SET until = first_day - 1
    WHERE contract_id = ANY (ended) AND municipality_id = NEW.municipality_id
        AND (until IS NULL OR until >= first_day);
    UPDATE public.contracts_contract AS known SET ends_on = first_day - 1
    WHERE known.id = ANY (ended) AND (known.ends_on IS NULL OR known.ends_on >= first_day)
        AND NOT EXISTS (
            SELECT FROM public.contracts_inforce AS held
            WHERE held.contract_id = known.id AND (held.until IS NULL OR held.until >= first_day)
        );
    INSERT INTO public.contracts_inforce (municipality_id, line, contract_id, version_id, since, until)
    SELECT NEW.municipality_id, prepared.line, prepared.contract_id, prepared.id, prepared.since, prepared.until
    FROM (
        SELECT party.line, agreed.contract_id, agreed.id, GREATEST(agreed.start, first_day) AS since,
            LEAST(CASE agreed.renewal WHEN 'none' THEN agreed."end" END, known.ends_on, (
                SELECT min(later.start) - 1 FROM public.contracts_contractversion AS later
                WHERE later.contract_id = agreed.contract_id AND later.state = 'getekend'
                    AND later.number > agreed.number
            )) AS until
        FROM public.contracts_contractversion AS agreed
        JOIN public.contracts_contract AS known ON known.id = agreed.contract_id
        JOIN public.contracts_contractcover AS cover ON cover.version_id = agreed.id
        JOIN public.contracts_contractparty AS party ON party.version_id = agreed.id
        WHERE agreed.state = 'getekend' AND known.organisation_id = NEW.to_organisation_id
            AND cover.municipality_id = NEW.municipality_id
            AND NOT EXISTS (
                SELECT FROM public.contracts_vendorchange AS went
                WHERE went.municipality_id = NEW.municipality_id AND went.id <> NEW.id
                    AND went.at >= agreed.signed_at
            )
    ) AS prepared
    WHERE prepared.until IS NULL OR prepared.until >= prepared.since;
    RETURN NULL;
END $$;
CREATE TRIGGER follow AFTER INSERT ON contracts_vendorchange
    FOR EACH ROW EXECUTE FUNCTION public.contracts_follow_change();
REVOKE ALL ON FUNCTION public.contracts_change_guard() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.contracts_follow_change() FROM PUBLIC;
"""
NO_CHANGE = """
DROP TRIGGER follow ON contracts_vendorchange;
DROP TRIGGER guard ON contracts_vendorchange;
DROP FUNCTION public.contracts_follow_change();
DROP FUNCTION public.contracts_change_guard();
"""


def former(text: str, name: str) -> str:
    """The function as it was, without the trigger that stands below it."""
    begins = text.index(f"CREATE FUNCTION public.{name}()")
    return text[begins : text.index("END $$;", begins)].replace("CREATE", "CREATE OR REPLACE", 1) + "END $$;\n"


class Migration(migrations.Migration):
    dependencies = [("contracts", "0008_report_day")]

    operations = [
        migrations.CreateModel(
            name="VendorChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("municipality", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.municipality")),
                ("from_organisation", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.organisation")),
                ("to_organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.organisation")),
            ],
            options={"ordering": ("at", "pk")},
        ),
        migrations.AddIndex(
            model_name="vendorchange",
            index=models.Index(fields=["municipality", "at"], name="vendor_changes"),
        ),
        migrations.AddConstraint(
            model_name="vendorchange",
            constraint=models.CheckConstraint(
                condition=~Q(from_organisation=F("to_organisation")), name="vendor_changes_to_another"
            ),
        ),
        migrations.AlterField(
            model_name="contract",
            name="ends_on",
            field=models.DateField(
                blank=True, help_text="Its last day, once notice was given or the gemeente left.", null=True
            ),
        ),
        migrations.RemoveConstraint(model_name="contract", name="notice_has_a_last_day"),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=Q(notice_at__isnull=True, notice_side="")
                | Q(ends_on__isnull=False, notice_at__isnull=False, notice_side__in=["gemeente", "leverancier"]),
                name="notice_has_a_last_day",
            ),
        ),
        migrations.RunSQL(CONTRACT, former(FORMER.CONTRACT, "contracts_contract_guard")),
        migrations.RunSQL(VERSION, former(FORMER.IN_FORCE, "contracts_follow_version")),
        migrations.RunSQL(CHANGE, NO_CHANGE),
    ]
