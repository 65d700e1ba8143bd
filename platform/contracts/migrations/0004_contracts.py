from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

SIDES = [("gemeente", "Gemeente"), ("leverancier", "Leverancier")]
STATES = [
    ("concept", "Concept"),
    ("aangeboden", "Aangeboden"),
    ("getekend", "Getekend"),
    ("afgewezen", "Afgewezen"),
    ("ingetrokken", "Ingetrokken"),
]
LINES = [("hosting", "Hosting"), ("first", "Eerste lijn"), ("second", "Tweede lijn"), ("third", "Derde lijn")]
KINDS = [
    ("hosting", "Hosting"),
    ("implementation", "Implementatie"),
    ("maintenance", "Onderhoud en ondersteuning"),
    ("hours", "Uren"),
    ("other", "Overig"),
]
ANNEXES = [
    ("gibit", "Algemene voorwaarden GIBIT"),
    ("verwerkersovereenkomst", "Verwerkersovereenkomst"),
    ("sla", "Serviceniveau"),
    ("exitplan", "Exitplan"),
    ("subverwerkers", "Lijst van subverwerkers"),
    ("overig", "Overig"),
]
ENVIRONMENTS = [
    ("productie", "Productie"),
    ("acceptatie", "Acceptatie"),
    ("oefenomgeving", "Oefenomgeving"),
    ("sandbox", "Sandbox"),
]
ID: Any = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def key(to: str, name: str = "+", **more: Any) -> Any:  # noqa: ANN401  # as the field has them
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to, **more)


class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_price_lists"), ("registry", "0009_one_name")]

    operations = [
        migrations.CreateModel(
            name="ContractCounter",
            fields=[
                ID,
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("organisation", key("registry.organisation")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"), models.F("year"), name="one_counter_per_year"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                ID,
                ("number", models.CharField(max_length=20)),
                (
                    "client_name",
                    models.CharField(help_text="The gemeente, as it was called then.", max_length=200),
                ),
                ("client_oin", models.CharField(blank=True, default="", max_length=20)),
                ("client_rsin", models.CharField(blank=True, default="", max_length=9)),
                ("client_kvk", models.CharField(blank=True, default="", max_length=8)),
                ("notice_at", models.DateTimeField(blank=True, null=True)),
                ("notice_side", models.CharField(blank=True, choices=SIDES, default="", max_length=11)),
                ("notice_by", models.CharField(blank=True, default="", max_length=254)),
                ("notice_reason", models.CharField(blank=True, default="", max_length=1000)),
                (
                    "ends_on",
                    models.DateField(blank=True, help_text="Its last day, once notice was given.", null=True),
                ),
                (
                    "organisation",
                    key("registry.organisation", "contracts", help_text="Whoever drew it up, and hosts."),
                ),
            ],
            options={"ordering": ("-number", "-pk")},
        ),
        migrations.CreateModel(
            name="ContractVersion",
            fields=[
                ID,
                ("number", models.PositiveIntegerField()),
                ("state", models.CharField(choices=STATES, default="concept", max_length=20)),
                ("start", models.DateField()),
                ("end", models.DateField()),
                (
                    "renewal",
                    models.CharField(
                        choices=[("none", "Loopt af"), ("yearly", "Telkens een jaar erbij")],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("notice_months", models.PositiveSmallIntegerField(default=3)),
                ("indexation", models.CharField(blank=True, default="", max_length=300)),
                ("indexation_from", models.DateField(blank=True, null=True)),
                ("purchase_order", models.CharField(blank=True, default="", max_length=60)),
                ("cost_centre", models.CharField(blank=True, default="", max_length=40)),
                (
                    "callers",
                    models.TextField(
                        blank=True, default="", help_text="Who may report, a line each.", max_length=2000
                    ),
                ),
                (
                    "escalation",
                    models.TextField(
                        blank=True, default="", help_text="Whom to call, in order.", max_length=2000
                    ),
                ),
                ("security_contact", models.CharField(blank=True, default="", max_length=254)),
                (
                    "break_glass",
                    models.CharField(
                        choices=[
                            ("none", "Geen"),
                            ("techniek", "Alleen techniek"),
                            ("all", "Alles wat wordt gevraagd"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                (
                    "overdraft",
                    models.BooleanField(
                        default=False, help_text="More hours may be booked than were bought."
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                (
                    "drafters",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=254),
                        help_text="Everybody who wrote in it, in lower case, first who began: none of them signs it.",
                        size=None,
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                ("offered_by", models.CharField(blank=True, default="", max_length=254)),
                (
                    "offer_until",
                    models.DateField(
                        blank=True, help_text="The last day on which it can be signed.", null=True
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="SHA-256 of all that is agreed, as it was offered.",
                        max_length=64,
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was declined or withdrawn.", null=True
                    ),
                ),
                ("contract", key("contracts.contract", "versions")),
                (
                    "price_list_version",
                    key(
                        "contracts.pricelistversion",
                        blank=True,
                        null=True,
                        help_text="Of which the lines were made.",
                    ),
                ),
                ("service_level_version", key("contracts.servicelevelversion")),
            ],
            options={"ordering": ("-number",)},
        ),
        migrations.CreateModel(
            name="ContractParty",
            fields=[
                ID,
                ("line", models.CharField(choices=LINES, max_length=10)),
                ("name", models.CharField(help_text="As it was called then.", max_length=200)),
                ("organisation", key("registry.organisation")),
                ("version", key("contracts.contractversion", "parties")),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.CreateModel(
            name="ContractCover",
            fields=[
                ID,
                ("municipality_name", models.CharField(max_length=200)),
                ("environment", models.CharField(choices=ENVIRONMENTS, max_length=20)),
                (
                    "components",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        help_text="Empty is all.",
                        size=None,
                    ),
                ),
                ("is_offered", models.BooleanField(default=False)),
                ("contract", key("contracts.contract", "covers")),
                ("municipality", key("registry.municipality", "covered")),
                ("version", key("contracts.contractversion", "covers")),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.CreateModel(
            name="ContractLine",
            fields=[
                ID,
                ("position", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("label", models.CharField(max_length=200)),
                ("quantity", models.PositiveIntegerField()),
                ("unit", models.CharField(blank=True, default="", max_length=60)),
                ("unit_cents", models.BigIntegerField()),
                (
                    "per",
                    models.CharField(
                        choices=[("once", "eenmalig"), ("year", "per jaar")], default="year", max_length=10
                    ),
                ),
                ("version", key("contracts.contractversion", "lines")),
            ],
            options={"ordering": ("position", "pk")},
        ),
        migrations.CreateModel(
            name="Annex",
            fields=[
                ID,
                ("kind", models.CharField(choices=ANNEXES, max_length=30)),
                ("name", models.CharField(max_length=200)),
                (
                    "document_version",
                    models.CharField(help_text="As the document itself calls it.", max_length=40),
                ),
                ("valid_from", models.DateField()),
                ("key", models.CharField(blank=True, default="", max_length=100)),
                ("size", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("reference", models.CharField(blank=True, default="", max_length=500)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.CharField(max_length=254)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signed_by", models.CharField(blank=True, default="", max_length=254)),
                ("version", key("contracts.contractversion", "annexes")),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ID,
                ("side", models.CharField(choices=SIDES, max_length=11)),
                ("name", models.CharField(max_length=200)),
                ("function", models.CharField(max_length=200)),
                ("email", models.CharField(max_length=254)),
                ("at", models.DateTimeField()),
                ("signed_on", models.DateField(help_text="The day that stands beside the name.")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("eigen_host", "Zelf ondertekend, na opnieuw inloggen"),
                            ("pdf", "Ondertekende pdf"),
                        ],
                        max_length=20,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("key", models.CharField(blank=True, default="", max_length=100)),
                ("size", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("version", key("contracts.contractversion", "signatures")),
            ],
            options={"ordering": ("at", "pk")},
        ),
        migrations.CreateModel(
            name="InForce",
            fields=[
                ID,
                ("line", models.CharField(choices=LINES, max_length=10)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("contract", key("contracts.contract", "in_force")),
                ("municipality", key("registry.municipality")),
                ("version", key("contracts.contractversion", "in_force")),
            ],
            options={"ordering": ("since", "pk")},
        ),
        migrations.CreateModel(
            name="ContractEntry",
            fields=[
                ID,
                ("at", models.DateTimeField()),
                ("act", models.CharField(help_text="As contracts.states calls it.", max_length=20)),
                ("side", models.CharField(choices=SIDES, max_length=11)),
                ("person", models.CharField(max_length=254)),
                ("words", models.CharField(blank=True, default="", max_length=1000)),
                ("contract", key("contracts.contract", "entries")),
                ("version", key("contracts.contractversion", "entries")),
            ],
            options={"ordering": ("-at", "-pk")},
        ),
        *(
            migrations.AddConstraint(model_name=model, constraint=constraint)
            for model, constraint in (
                (
                    "contract",
                    models.UniqueConstraint(
                        models.F("organisation"), models.F("number"), name="one_contract_per_number"
                    ),
                ),
                (
                    "contract",
                    models.CheckConstraint(
                        condition=models.Q(("client_kvk", ""), ("client_kvk__regex", r"^\d{8}$"), _connector="OR"),
                        name="client_kvk_is_plain",
                    ),
                ),
                (
                    "contract",
                    models.CheckConstraint(
                        condition=models.Q(ends_on__isnull=True, notice_at__isnull=True, notice_side="")
                        | models.Q(
                            ends_on__isnull=False,
                            notice_at__isnull=False,
                            notice_side__in=["gemeente", "leverancier"],
                        ),
                        name="notice_has_a_last_day",
                    ),
                ),
                (
                    "contractversion",
                    models.UniqueConstraint(
                        models.F("contract"), models.F("number"), name="one_contract_version"
                    ),
                ),
                (
                    "contractversion",
                    models.UniqueConstraint(
                        fields=("contract",),
                        condition=models.Q(state__in=["concept", "aangeboden"]),
                        name="one_open_contract_version",
                    ),
                ),
                (
                    "contractversion",
                    models.CheckConstraint(
                        condition=models.Q(state__in=[value for value, _word in STATES]),
                        name="contract_state_is_known",
                    ),
                ),
                (
                    "contractversion",
                    models.CheckConstraint(
                        condition=models.Q(renewal__in=["none", "yearly"]), name="renewal_is_known"
                    ),
                ),
                (
                    "contractversion",
                    models.CheckConstraint(
                        condition=models.Q(break_glass__in=["none", "techniek", "all"]),
                        name="break_glass_is_known",
                    ),
                ),
                (
                    "contractversion",
                    models.CheckConstraint(
                        condition=models.Q(end__gte=models.F("start")), name="contract_ends_after_it_starts"
                    ),
                ),
                (
                    "contractversion",
                    models.CheckConstraint(
                        condition=models.Q(notice_months__lte=24), name="notice_is_within_two_years"
                    ),
                ),
                (
                    "contractversion",
                    models.CheckConstraint(condition=~models.Q(drafters=[]), name="somebody_drafted_it"),
                ),
                (
                    "contractversion",
                    models.CheckConstraint(
                        condition=~models.Q(state__in=["aangeboden", "getekend", "afgewezen"])
                        | models.Q(offered_at__isnull=False, offer_until__isnull=False)
                        & ~models.Q(digest=""),
                        name="what_was_offered_has_a_term",
                    ),
                ),
                (
                    "contractversion",
                    models.CheckConstraint(
                        condition=models.Q(state="getekend", signed_at__isnull=False)
                        | (~models.Q(state="getekend") & models.Q(signed_at__isnull=True)),
                        name="signed_at_a_moment",
                    ),
                ),
                (
                    "contractparty",
                    models.UniqueConstraint(
                        models.F("version"), models.F("line"), name="one_party_per_line"
                    ),
                ),
                (
                    "contractparty",
                    models.CheckConstraint(
                        condition=models.Q(line__in=["hosting", "first", "second", "third"]),
                        name="line_is_known",
                    ),
                ),
                (
                    "contractcover",
                    models.UniqueConstraint(
                        models.F("version"),
                        models.F("municipality"),
                        name="an_environment_is_covered_once",
                    ),
                ),
                (
                    "contractline",
                    models.UniqueConstraint(
                        models.F("version"), models.F("position"), name="one_contract_line_per_place"
                    ),
                ),
                (
                    "contractline",
                    models.CheckConstraint(
                        condition=models.Q(kind__in=[value for value, _word in KINDS]),
                        name="kind_of_line_is_known",
                    ),
                ),
                (
                    "contractline",
                    models.CheckConstraint(
                        condition=models.Q(per__in=["once", "year"]), name="per_once_or_year"
                    ),
                ),
                (
                    "contractline",
                    models.CheckConstraint(
                        condition=models.Q(quantity__range=(1, 1_000_000)), name="quantity_is_bounded"
                    ),
                ),
                (
                    "contractline",
                    models.CheckConstraint(
                        condition=models.Q(unit_cents__range=(-10_000_000_000, 10_000_000_000)),
                        name="unit_price_is_bounded",
                    ),
                ),
                (
                    "annex",
                    models.CheckConstraint(
                        condition=models.Q(kind__in=[value for value, _word in ANNEXES]),
                        name="kind_of_annex_is_known",
                    ),
                ),
                (
                    "annex",
                    models.CheckConstraint(
                        condition=~models.Q(key="", reference=""), name="an_annex_is_somewhere"
                    ),
                ),
                (
                    "signature",
                    models.UniqueConstraint(
                        models.F("version"), models.F("side"), name="one_signature_per_side"
                    ),
                ),
                (
                    "signature",
                    models.UniqueConstraint(
                        models.F("version"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(how="eigen_host"),
                        name="nobody_signs_for_both",
                    ),
                ),
                (
                    "signature",
                    models.CheckConstraint(
                        condition=models.Q(side__in=["gemeente", "leverancier"]),
                        name="side_of_signature_is_known",
                    ),
                ),
                (
                    "signature",
                    models.CheckConstraint(
                        condition=models.Q(how="eigen_host", key="") | models.Q(how="pdf") & ~models.Q(key=""),
                        name="a_pdf_is_kept",
                    ),
                ),
            )
        ),
    ]
