from django.db import migrations

from tenants.registry.door import OWN_MUNICIPALITY, give_functions, open_door

# What was offered to the environment of whoever asks, and nothing that is still a concept.
OWN = """
CREATE FUNCTION public.contracts_own_versions() RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT version_id FROM public.contracts_contractcover
    WHERE municipality_id = public.registry_own_municipality() AND is_offered
$$;
CREATE FUNCTION public.contracts_own_contracts() RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT contract_id FROM public.contracts_contractcover
    WHERE municipality_id = public.registry_own_municipality() AND is_offered
$$;
"""
# The promises that a contract of it names, and the calendars by which they are counted.
OWN_LEVELS = """
CREATE FUNCTION public.contracts_own_level_versions() RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT service_level_version_id FROM public.contracts_contractversion
    WHERE id IN (SELECT public.contracts_own_versions())
$$;
"""
OWN_CALENDARS = """
CREATE FUNCTION public.contracts_own_levels() RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT level_id FROM public.contracts_servicelevelversion
    WHERE id IN (SELECT public.contracts_own_level_versions())
$$;
CREATE FUNCTION public.contracts_own_calendars() RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT window_id FROM public.contracts_servicelevelversion
    WHERE id IN (SELECT public.contracts_own_level_versions())
    UNION
    SELECT calendar_id FROM public.contracts_target
    WHERE version_id IN (SELECT public.contracts_own_level_versions())
$$;
"""

# Each answers whether it did what was asked: somebody else may have been first, or it was not theirs to do.
# What the two sides may and may not do is held by the guards of the tables as well.
SIGN = """
CREATE FUNCTION public.contracts_sign(
    asked bigint, seen text, who text, position_held text, address text, moment timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM FROM public.contracts_contract
    WHERE id = (SELECT contract_id FROM public.contracts_contractversion WHERE id = asked) FOR UPDATE;
    PERFORM FROM public.contracts_contractversion
    WHERE id = asked AND id IN (SELECT public.contracts_own_versions()) AND state = 'aangeboden'
        AND digest = seen AND offer_until >= (moment AT TIME ZONE 'Europe/Amsterdam')::date
        AND NOT lower(address) = ANY (drafters)
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.contracts_signature (
        version_id, side, name, function, email, at, signed_on, how, digest, key, size, sha256
    ) VALUES (
        asked, 'gemeente', who, position_held, address, moment, (moment AT TIME ZONE 'Europe/Amsterdam')::date,
        'eigen_host', seen, '', 0, ''
    ) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.contracts_contractentry (contract_id, version_id, at, act, side, person, words)
    SELECT contract_id, id, moment, 'tekenen-gemeente', 'gemeente', address, ''
    FROM public.contracts_contractversion WHERE id = asked;
    UPDATE public.contracts_contractversion SET state = 'getekend', signed_at = moment
    WHERE id = asked
        AND EXISTS (SELECT FROM public.contracts_signature WHERE version_id = asked AND side = 'leverancier');
    RETURN true;
END $$;
"""
DECLINE = """
CREATE FUNCTION public.contracts_decline(asked bigint, why text, address text, moment timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM FROM public.contracts_contract
    WHERE id = (SELECT contract_id FROM public.contracts_contractversion WHERE id = asked) FOR UPDATE;
    UPDATE public.contracts_contractversion SET state = 'afgewezen', closed_at = moment
    WHERE id = asked AND id IN (SELECT public.contracts_own_versions()) AND state = 'aangeboden'
        AND offer_until >= (moment AT TIME ZONE 'Europe/Amsterdam')::date;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.contracts_contractentry (contract_id, version_id, at, act, side, person, words)
    SELECT contract_id, id, moment, 'afwijzen', 'gemeente', address, why
    FROM public.contracts_contractversion WHERE id = asked;
    RETURN true;
END $$;
"""
NOTICE = """
CREATE FUNCTION public.contracts_give_notice(
    asked bigint, last_day date, why text, address text, moment timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    holding bigint;
BEGIN
    SELECT max(version_id) INTO holding FROM public.contracts_inforce
    WHERE contract_id = asked AND municipality_id = public.registry_own_municipality()
        AND (until IS NULL OR until >= (moment AT TIME ZONE 'Europe/Amsterdam')::date);
    IF holding IS NULL THEN
        RETURN false;
    END IF;
    UPDATE public.contracts_contract SET notice_at = moment, notice_side = 'gemeente',
        notice_by = address, notice_reason = why, ends_on = last_day
    WHERE id = asked AND id IN (SELECT public.contracts_own_contracts()) AND ends_on IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.contracts_contractentry (contract_id, version_id, at, act, side, person, words)
    VALUES (asked, holding, moment, 'opzeggen', 'gemeente', address, why);
    RETURN true;
END $$;
"""
AGREE = """
CREATE FUNCTION public.contracts_agree_annex(asked bigint, address text, moment timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.contracts_annex AS annex SET signed_at = moment, signed_by = address
    FROM public.contracts_contractversion AS version
    WHERE annex.id = asked AND annex.version_id IN (SELECT public.contracts_own_versions())
        AND annex.signed_at IS NULL AND lower(annex.added_by) <> lower(address)
        AND version.id = annex.version_id AND version.state = 'getekend';
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.contracts_contractentry (contract_id, version_id, at, act, side, person, words)
    SELECT version.contract_id, version.id, moment, 'bijlage-akkoord', 'gemeente', address,
        annex.name
    FROM public.contracts_annex AS annex
    JOIN public.contracts_contractversion AS version ON version.id = annex.version_id
    WHERE annex.id = asked;
    RETURN true;
END $$;
"""

OF_OWN_VERSIONS = "version_id IN (SELECT public.contracts_own_versions())"
SIGNED = "version_id, side, name, function, email, at, signed_on, how, digest, key, size, sha256"
ENTERED = "contract_id, version_id, at, act, side, person, words"


def listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))


class Migration(migrations.Migration):
    dependencies = [("contracts", "0005_agreed_stays"), ("registry", "0007_door")]

    operations = [
        open_door(
            "contracts_contractcover",
            columns=listed(
                "id, contract_id, version_id, municipality_id, municipality_name, environment, components,"
                " is_offered"
            ),
            own=f"{OWN_MUNICIPALITY} AND is_offered",
        ),
        give_functions(OWN, "contracts_own_versions()", "contracts_own_contracts()"),
        open_door(
            "contracts_contract",
            columns=listed(
                "id, organisation_id, number, client_name, client_oin, client_rsin, client_kvk, notice_at,"
                " notice_side, notice_by, notice_reason, ends_on"
            ),
            own="id IN (SELECT public.contracts_own_contracts())",
            written=["UPDATE (notice_at, notice_side, notice_by, notice_reason, ends_on)"],
        ),
        open_door(
            "contracts_contractversion",
            columns=listed(
                "id, contract_id, number, state, service_level_version_id, price_list_version_id, start, end, renewal, notice_months,"
                " indexation, indexation_from, purchase_order, cost_centre, callers, escalation,"
                " security_contact, break_glass, overdraft, reason, drafters, drafted_at, offered_at,"
                " offered_by, offer_until, digest, signed_at, closed_at"
            ),
            own="id IN (SELECT public.contracts_own_versions())",
            written=["UPDATE (state, signed_at, closed_at)"],
        ),
        open_door(
            "contracts_contractparty",
            columns=listed("id, version_id, line, organisation_id, name"),
            own=OF_OWN_VERSIONS,
        ),
        open_door(
            "contracts_contractline",
            columns=listed("id, version_id, position, kind, label, quantity, unit, unit_cents, per"),
            own=OF_OWN_VERSIONS,
        ),
        open_door(
            "contracts_annex",
            columns=listed(
                "id, version_id, kind, name, document_version, valid_from, key, size, sha256, reference,"
                " added_at, added_by, signed_at, signed_by"
            ),
            own=OF_OWN_VERSIONS,
            written=["UPDATE (signed_at, signed_by)"],
        ),
        open_door(
            "contracts_signature",
            columns=("id", *listed(SIGNED)),
            own=OF_OWN_VERSIONS,
            written=[f"INSERT ({SIGNED})"],
        ),
        open_door(
            "contracts_contractentry",
            columns=("id", *listed(ENTERED)),
            own=OF_OWN_VERSIONS,
            written=[f"INSERT ({ENTERED})"],
        ),
        open_door(
            "contracts_inforce",
            columns=listed("id, municipality_id, line, contract_id, version_id, since, until"),
        ),
        give_functions(OWN_LEVELS, "contracts_own_level_versions()"),
        open_door(
            "contracts_servicelevelversion",
            columns=listed(
                "id, level_id, number, effective_from, reason, published_at, published_by, availability,"
                " window_id, rpo_minutes, rto_minutes, matrix, credits"
            ),
            own="id IN (SELECT public.contracts_own_level_versions())",
        ),
        open_door(
            "contracts_target",
            columns=listed(
                "id, version_id, priority, calendar_id, response, update, workaround, resolution,"
                " pauses_for_reporter, pauses_for_third_party"
            ),
            own="version_id IN (SELECT public.contracts_own_level_versions())",
        ),
        give_functions(OWN_CALENDARS, "contracts_own_levels()", "contracts_own_calendars()"),
        open_door(
            "contracts_servicelevel",
            columns=listed("id, organisation_id, name"),
            own="id IN (SELECT public.contracts_own_levels())",
        ),
        open_door(
            "contracts_calendar",
            columns=listed("id, organisation_id, name"),
            own="id IN (SELECT public.contracts_own_calendars())",
        ),
        open_door(
            "contracts_calendarversion",
            columns=listed(
                "id, calendar_id, number, effective_from, reason, published_at, published_by, zone, always,"
                " week, days, holiday_years"
            ),
            own="calendar_id IN (SELECT public.contracts_own_calendars())",
        ),
        give_functions(
            SIGN + DECLINE + NOTICE + AGREE,
            "contracts_sign(bigint, text, text, text, text, timestamptz)",
            "contracts_decline(bigint, text, text, timestamptz)",
            "contracts_give_notice(bigint, date, text, text, timestamptz)",
            "contracts_agree_annex(bigint, text, timestamptz)",
        ),
    ]
