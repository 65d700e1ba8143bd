import django.db.models.deletion
from django.db import migrations, models

from tenants.registry.door import open_door

# Hours are booked on a day of the contract and no more than there are; of two at once the second waits.
GUARD = """
CREATE FUNCTION public.contracts_hours_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    allowed boolean;
    left_over bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'A ledger of hours is append-only.' USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM FROM public.contracts_contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;
    IF NEW.kind = 'gekocht' AND NOT EXISTS (
        SELECT FROM public.contracts_contractversion
        WHERE contract_id = NEW.contract_id AND state = 'getekend'
    ) THEN
        RAISE EXCEPTION 'Hours are bought under a contract that was signed.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.kind = 'gecorrigeerd' AND NOT EXISTS (
        SELECT FROM public.contracts_hoursentry
        WHERE id = NEW.corrects_id AND contract_id = NEW.contract_id AND kind <> 'gecorrigeerd'
            AND minutes = -NEW.minutes
    ) THEN
        RAISE EXCEPTION 'A correction undoes one entry of its own contract.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT bool_or(version.overdraft) INTO allowed
    FROM public.contracts_inforce AS held
    JOIN public.contracts_contractversion AS version ON version.id = held.version_id
    WHERE held.contract_id = NEW.contract_id AND held.since <= NEW."on"
        AND (held.until IS NULL OR held.until >= NEW."on");
    IF NEW.kind = 'geboekt' AND allowed IS NULL THEN
        RAISE EXCEPTION 'Hours are booked on a day of the contract.' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT coalesce(sum(minutes), 0) + NEW.minutes INTO left_over
    FROM public.contracts_hoursentry WHERE contract_id = NEW.contract_id;
    IF NEW.minutes < 0 AND left_over < 0 AND NOT coalesce(allowed, false) THEN
        RAISE EXCEPTION 'No more hours are used than were bought.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.contracts_hours_guard() FROM PUBLIC;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON contracts_hoursentry
    FOR EACH ROW EXECUTE FUNCTION public.contracts_hours_guard();
"""
UNGUARDED = """
DROP TRIGGER guard ON contracts_hoursentry;
DROP FUNCTION public.contracts_hours_guard();
"""
KINDS = [("gekocht", "Gekocht"), ("geboekt", "Geboekt"), ("gecorrigeerd", "Gecorrigeerd")]
SHOWN = (
    "id",
    "contract_id",
    "kind",
    "minutes",
    "on",
    "who_name",
    "why",
    "ticket_number",
    "corrects_id",
    "recorded_by",
    "recorded_at",
)


class Migration(migrations.Migration):
    dependencies = [("contracts", "0006_contracts_door")]

    operations = [
        migrations.CreateModel(
            name="HoursEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=12)),
                ("minutes", models.IntegerField()),
                ("on", models.DateField()),
                ("who_name", models.CharField(max_length=200)),
                ("why", models.CharField(max_length=500)),
                ("ticket_number", models.CharField(blank=True, default="", max_length=20)),
                ("recorded_by", models.CharField(max_length=254)),
                ("recorded_at", models.DateTimeField()),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hours",
                        to="contracts.contract",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="contracts.hoursentry",
                    ),
                ),
            ],
            options={
                "ordering": ("-recorded_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(kind__in=[kind for kind, _word in KINDS]),
                        name="kind_of_hours_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(kind="gekocht", minutes__range=(1, 120000))
                        | models.Q(kind="geboekt", minutes__range=(-1440, -1))
                        | models.Q(kind="gecorrigeerd") & ~models.Q(minutes=0),
                        name="hours_are_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(kind="gecorrigeerd", corrects__isnull=False)
                        | (~models.Q(kind="gecorrigeerd") & models.Q(corrects__isnull=True)),
                        name="a_correction_corrects_something",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARDED),
        open_door(
            "contracts_hoursentry",
            columns=SHOWN,
            own="contract_id IN (SELECT public.contracts_own_contracts())",
        ),
    ]
