from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from tenants.registry.door import show_columns

# What is agreed with one gemeente is shown to no other, whoever writes.
ONE_GEMEENTE = """
CREATE FUNCTION public.contracts_client_stays() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RAISE EXCEPTION 'A contract keeps its gemeente.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER client_stays BEFORE UPDATE ON contracts_contract FOR EACH ROW
    WHEN (OLD.client_id IS NOT NULL AND NEW.client_id IS DISTINCT FROM OLD.client_id)
    EXECUTE FUNCTION public.contracts_client_stays();
CREATE FUNCTION public.contracts_one_gemeente() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    known bigint;
BEGIN
    SELECT client_id INTO known FROM public.contracts_contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;
    IF known IS NULL THEN
        UPDATE public.contracts_contract SET client_id = NEW.municipality_id WHERE id = NEW.contract_id;
    ELSIF NOT public.registry_same_gemeente(known, NEW.municipality_id) THEN
        RAISE EXCEPTION 'A contract is of one gemeente.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.contracts_contractversion
        WHERE id = NEW.version_id AND contract_id = NEW.contract_id
    ) THEN
        RAISE EXCEPTION 'What is covered is of the version of this contract.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER one_gemeente BEFORE INSERT OR UPDATE OF contract_id, version_id, municipality_id
    ON contracts_contractcover FOR EACH ROW EXECUTE FUNCTION public.contracts_one_gemeente();
REVOKE ALL ON FUNCTION public.contracts_client_stays() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.contracts_one_gemeente() FROM PUBLIC;
"""
ANY_GEMEENTE = """
DROP TRIGGER one_gemeente ON contracts_contractcover;
DROP FUNCTION public.contracts_one_gemeente();
DROP TRIGGER client_stays ON contracts_contract;
DROP FUNCTION public.contracts_client_stays();
"""

# What the gemeente agreed to beforehand, word for word: this year's index over what is asked each year, once
# in twelve months, announced thirty days ahead, and nothing else. A test compares it with contracts.indexing.
FOLLOWS = """
CREATE FUNCTION public.contracts_follows_clause(asked bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    own text[] := ARRAY['id', 'number', 'state', 'start', 'end', 'reason', 'drafters', 'drafted_at', 'offered_at',
        'offered_by', 'offer_until', 'digest', 'signed_at', 'closed_at', 'index_percentage', 'index_source',
        'index_month'];
    former public.contracts_contractversion;
    made public.contracts_contractversion;
    factor numeric;
BEGIN
    SELECT * INTO made FROM public.contracts_contractversion WHERE id = asked;
    SELECT * INTO former FROM public.contracts_contractversion
    WHERE contract_id = made.contract_id AND number < made.number AND state = 'getekend'
    ORDER BY number DESC LIMIT 1;
    IF former.id IS NULL OR NOT former.indexation_by_clause OR made.index_percentage IS NULL THEN
        RETURN false;
    END IF;
    IF made.start < coalesce(former.indexation_from, former.start)
        OR made.start < (made.offered_at AT TIME ZONE 'Europe/Amsterdam')::date + 30
        OR EXISTS (
            SELECT FROM public.contracts_contractversion
            WHERE contract_id = made.contract_id AND state = 'getekend' AND id <> made.id
                AND index_percentage IS NOT NULL AND start > made.start - interval '1 year'
        )
        OR to_jsonb(made) - own <> to_jsonb(former) - own
        OR made."end" <> former."end" AND NOT (
            former.renewal = 'yearly' AND former."end" < made.start AND made."end" < made.start + interval '1 year'
            AND made."end" = (former."end" + make_interval(
                years => (date_part('year', made."end") - date_part('year', former."end"))::integer
            ))::date
        )
    THEN
        RETURN false;
    END IF;
    factor := (100 + least(made.index_percentage, former.indexation_cap)) / 100;
    RETURN (
        SELECT jsonb_agg(to_jsonb(expected) ORDER BY position) FROM (
            SELECT position, kind, label, quantity, unit, per,
                CASE per WHEN 'year' THEN round(unit_cents * factor) ELSE unit_cents END AS cents
            FROM public.contracts_contractline WHERE version_id = former.id
        ) AS expected
    ) IS NOT DISTINCT FROM (
        SELECT jsonb_agg(to_jsonb(there) ORDER BY position) FROM (
            SELECT position, kind, label, quantity, unit, per, unit_cents AS cents
            FROM public.contracts_contractline WHERE version_id = made.id
        ) AS there
    ) AND (
        SELECT jsonb_agg(part ORDER BY part) FROM (
            SELECT jsonb_build_array(municipality_id, components) AS part
            FROM public.contracts_contractcover WHERE version_id = former.id
            UNION ALL
            SELECT jsonb_build_array(line, organisation_id, name)
            FROM public.contracts_contractparty WHERE version_id = former.id
            UNION ALL
            SELECT jsonb_build_array(kind, name, document_version, valid_from, sha256, reference)
            FROM public.contracts_annex WHERE version_id = former.id AND signed_at IS NOT NULL
        ) AS expected
    ) IS NOT DISTINCT FROM (
        SELECT jsonb_agg(part ORDER BY part) FROM (
            SELECT jsonb_build_array(municipality_id, components) AS part
            FROM public.contracts_contractcover WHERE version_id = made.id
            UNION ALL
            SELECT jsonb_build_array(line, organisation_id, name)
            FROM public.contracts_contractparty WHERE version_id = made.id
            UNION ALL
            SELECT jsonb_build_array(kind, name, document_version, valid_from, sha256, reference)
            FROM public.contracts_annex WHERE version_id = made.id
        ) AS there
    );
END $$;
REVOKE ALL ON FUNCTION public.contracts_follows_clause(bigint) FROM PUBLIC;
"""

SIGNED = """    IF (SELECT count(*) FROM public.contracts_signature WHERE version_id = NEW.id) <> 2 THEN
        RAISE"""
ONE_SIDE = """    IF (SELECT count(*) FROM public.contracts_signature WHERE version_id = NEW.id) <> 2 AND NOT (
        EXISTS (SELECT FROM public.contracts_signature WHERE version_id = NEW.id AND side = 'leverancier')
        AND public.contracts_follows_clause(NEW.id)
    ) THEN
        RAISE"""
FOLLOW_VERSION = import_module("contracts.migrations.0009_vendor_changes").VERSION
BOTH_SIGN = f"{FOLLOW_VERSION}\nDROP FUNCTION public.contracts_follows_clause(bigint);"
CLAUSE_SIGNS = f"{FOLLOWS}{FOLLOW_VERSION.replace(SIGNED, ONE_SIDE)}"

CLIENT = """
ALTER TABLE contracts_contract DISABLE TRIGGER guard;
UPDATE contracts_contract AS contract SET client_id = (
    SELECT municipality_id FROM contracts_contractcover
    WHERE contract_id = contract.id ORDER BY version_id, id LIMIT 1
);
ALTER TABLE contracts_contract ENABLE TRIGGER guard;
"""
INDEX = ["index_percentage", "index_source", "index_month"]
HIGHEST = 25


class Migration(migrations.Migration):
    dependencies = [("contracts", "0009_vendor_changes"), ("registry", "0010_same_gemeente")]

    operations = [
        migrations.AddField(
            "contract",
            "client",
            models.ForeignKey(
                blank=True,
                help_text="An environment of the gemeente: the database takes the first that is covered, and lets"
                " it cover no other gemeente.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.municipality",
            ),
        ),
        migrations.RunSQL(CLIENT, migrations.RunSQL.noop),
        migrations.RunSQL(ONE_GEMEENTE, ANY_GEMEENTE),
        show_columns("contracts_contract", ["client_id"]),
        migrations.AddField(
            "contractversion",
            "indexation_cap",
            models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="The most that it may be, in percent.",
                max_digits=5,
                null=True,
            ),
        ),
        migrations.AddField(
            "contractversion",
            "indexation_by_clause",
            models.BooleanField(
                db_default=False,
                default=False,
                help_text="The gemeente agreed to it beforehand: it is announced.",
            ),
        ),
        migrations.AddField(
            "contractversion",
            "index_percentage",
            models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="By which its prices were indexed.",
                max_digits=5,
                null=True,
            ),
        ),
        migrations.AddField(
            "contractversion",
            "index_source",
            models.CharField(
                blank=True, db_default="", default="", help_text="Who published it, where.", max_length=200
            ),
        ),
        migrations.AddField(
            "contractversion",
            "index_month",
            models.DateField(blank=True, help_text="Of which month, its first day.", null=True),
        ),
        migrations.AddConstraint(
            "contractversion",
            models.CheckConstraint(
                condition=Q(indexation_cap__isnull=True) | Q(indexation_cap__range=(0, HIGHEST)),
                name="cap_of_indexation_is_bounded",
            ),
        ),
        migrations.AddConstraint(
            "contractversion",
            models.CheckConstraint(
                condition=Q(index_percentage__isnull=True, index_month__isnull=True, index_source="")
                | Q(index_percentage__range=(-20, HIGHEST), index_month__isnull=False)
                & ~Q(index_source=""),
                name="an_index_has_a_source",
            ),
        ),
        show_columns("contracts_contractversion", ["indexation_cap", "indexation_by_clause", *INDEX]),
        migrations.RunSQL(CLAUSE_SIGNS, BOTH_SIGN),
        migrations.AddIndex(
            "hoursentry",
            models.Index(condition=~Q(ticket_number=""), fields=["ticket_number"], name="hours_of_report"),
        ),
    ]
