from django.db import migrations

from tenants.registry.door import give_functions, open_door

# All but whose account and organisation it is in the schema of the vendor.
SHOWN = (
    "id",
    "kind",
    "municipality_id",
    "person_name",
    "person_email",
    "organisation_name",
    "reason",
    "ticket",
    "scopes_asked",
    "scopes",
    "zaaktypen_asked",
    "zaaktypen",
    "maximum_asked",
    "maximum",
    "hours_asked",
    "hours_allowed",
    "mask_personal_data",
    "state",
    "asked_at",
    "lapses_at",
    "decided_at",
    "decided_by",
    "decision_reason",
    "valid_from",
    "valid_until",
    "first_used_at",
    "last_used_at",
    "ended_at",
    "ended_by",
    "end_reason",
    "account",
    "accounted_at",
    "accounted_by",
    "judged_at",
    "judged_by",
    "judgement",
)
DECIDED = (
    "state, scopes, zaaktypen, maximum, hours_allowed, mask_personal_data, decided_at, decided_by,"
    " decision_reason, valid_from, valid_until, ended_at, ended_by, end_reason, judged_at, judged_by, judgement"
)

# Each answers whether it did what was asked: somebody else may have been first, or it was not theirs to do.
# That a decision takes away and never adds is held by the constraints of the table.
FUNCTIONS = """
CREATE FUNCTION public.access_allow(
    grant_id bigint, given_scopes text[], given_zaaktypen uuid[], given_maximum int, given_hours int,
    who text, at timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.access_grant
    SET state = 'toegestaan', scopes = given_scopes, zaaktypen = given_zaaktypen, maximum = given_maximum,
        hours_allowed = given_hours, decided_at = at, decided_by = who, valid_from = at,
        valid_until = at + pg_catalog.make_interval(hours => given_hours)
    WHERE id = grant_id AND municipality_id = public.registry_own_municipality() AND kind = 'gewoon'
        AND state = 'aangevraagd' AND lapses_at > at
        AND pg_catalog.lower(person_email) <> pg_catalog.lower(who);
    RETURN FOUND;
END $$;

CREATE FUNCTION public.access_refuse(grant_id bigint, words text, who text, at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.access_grant
    SET state = 'geweigerd', decided_at = at, decided_by = who, decision_reason = words
    WHERE id = grant_id AND municipality_id = public.registry_own_municipality() AND kind = 'gewoon'
        AND state = 'aangevraagd' AND lapses_at > at
        AND pg_catalog.lower(person_email) <> pg_catalog.lower(who);
    RETURN FOUND;
END $$;

CREATE FUNCTION public.access_stop(grant_id bigint, words text, who text, at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.access_grant
    SET state = CASE state WHEN 'toegestaan' THEN 'ingetrokken' ELSE 'beeindigd' END,
        ended_at = at, ended_by = who, end_reason = words
    WHERE id = grant_id AND municipality_id = public.registry_own_municipality()
        AND state IN ('toegestaan', 'noodtoegang') AND valid_until > at;
    RETURN FOUND;
END $$;

CREATE FUNCTION public.access_unmask(grant_id bigint, who text, at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.access_grant SET mask_personal_data = false
    WHERE id = grant_id AND municipality_id = public.registry_own_municipality() AND kind = 'gewoon'
        AND state = 'toegestaan' AND valid_until > at AND mask_personal_data
        AND pg_catalog.lower(person_email) <> pg_catalog.lower(who);
    RETURN FOUND;
END $$;

CREATE FUNCTION public.access_judge(grant_id bigint, agrees boolean, words text, who text, at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.access_grant
    SET state = CASE WHEN agrees THEN 'akkoord' ELSE 'betwist' END,
        judged_at = at, judged_by = who, judgement = words
    WHERE id = grant_id AND municipality_id = public.registry_own_municipality() AND state = 'verantwoord'
        AND pg_catalog.lower(person_email) <> pg_catalog.lower(who)
        AND pg_catalog.lower(accounted_by) <> pg_catalog.lower(who);
    RETURN FOUND;
END $$;

CREATE FUNCTION public.access_set_emergencies(before boolean, after boolean)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO public.access_emergencies (municipality_id, allowed)
    VALUES (public.registry_own_municipality(), false) ON CONFLICT DO NOTHING;
    UPDATE public.access_emergencies SET allowed = after
    WHERE municipality_id = public.registry_own_municipality() AND allowed = before AND before <> after;
    RETURN FOUND;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("registry", "0007_door")]

    operations = [
        open_door("access_grant", columns=SHOWN, written=[f"UPDATE ({DECIDED})"]),
        open_door(
            "access_emergencies",
            columns=["id", "municipality_id", "allowed"],
            written=["INSERT (municipality_id, allowed)", "UPDATE (allowed)"],
        ),
        give_functions(
            FUNCTIONS,
            "access_allow(bigint, text[], uuid[], int, int, text, timestamptz)",
            "access_refuse(bigint, text, text, timestamptz)",
            "access_stop(bigint, text, text, timestamptz)",
            "access_unmask(bigint, text, timestamptz)",
            "access_judge(bigint, boolean, text, text, timestamptz)",
            "access_set_emergencies(boolean, boolean)",
        ),
    ]
