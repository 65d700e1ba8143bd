"""Who is on the deployment: organisations, municipalities, their hosts, and what they may reach."""

from __future__ import annotations

from typing import Protocol, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from tenants.registry.elfproef import is_valid_oin, is_valid_rsin
from tenants.registry.names import PUBLIC, SCHEMA_NAME, validate_schema_name


def validate_rsin(value: str) -> None:
    if not is_valid_rsin(value):
        raise ValidationError("Een RSIN heeft negen cijfers en voldoet aan de elfproef.")


def validate_oin(value: str) -> None:
    if not is_valid_oin(value):
        raise ValidationError("Een OIN heeft twintig cijfers; een RSIN daarin voldoet aan de elfproef.")


class Organisation(models.Model):
    """A company that serves municipalities: the vendor, or a partner that implements for it."""

    class Kind(models.TextChoices):
        VENDOR = "vendor", "Leverancier"
        IMPLEMENTATION_PARTNER = "implementation_partner", "Implementatiepartner"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=Kind)
    kvk = models.CharField(
        max_length=8, null=True, blank=True, unique=True, validators=[RegexValidator(r"^\d{8}$")]
    )  # unique, and often unknown
    introduced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="introduced",
        help_text="Whoever brought it aboard; empty where the deployment itself did.",
    )

    class Meta:
        constraints = (
            # the log names who did something by this
            models.UniqueConstraint(Lower("name"), name="one_organisation_per_name"),
            models.CheckConstraint(condition=models.Q(kvk__regex=r"^\d{8}$"), name="kvk_has_eight_digits"),
        )

    def __str__(self) -> str:
        return self.name


class Reach(Protocol):
    """What a person of the vendor or of a partner has to do with municipalities."""

    @property
    def organisation_id(self) -> int | None: ...

    @property
    def schemas(self) -> frozenset[str] | None:
        """Those that the person is limited to; None without limits."""


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def serving(self) -> Self:
        """All but those that have ended."""
        return self.exclude(status=Municipality.Status.BEEINDIGD)

    def with_state_reason(self) -> Self:
        """Why each is in its state, as whoever changed it typed it; see ``states.reason_of``."""
        changes = StateChange.objects.filter(
            municipality=models.OuterRef("pk"), after=models.OuterRef("status")
        )
        return self.annotate(state_reason=models.Subquery(changes.values("reason")[:1]))

    def same_gemeente(self, municipality: Municipality) -> Self:
        """Every environment of the gemeente or samenwerkingsverband of this one, itself included."""
        if municipality.cbs_code is not None:
            return self.filter(cbs_code=municipality.cbs_code)
        return self.filter(cbs_code=None, naam=municipality.naam)

    def visible_to(self, person: Reach) -> Self:
        """Those that the person's organisation serves, and of these the ones that he may see."""
        served = models.Q(vendor=person.organisation_id) | models.Q(
            implementation_partner=person.organisation_id
        )
        if person.organisation_id is None:
            return self.none()
        return (
            self.filter(served)
            if person.schemas is None
            else self.filter(served, schema_name__in=person.schemas)
        )


class Municipality(TenantMixin):
    """One environment of a gemeente: one schema, one database role, its own hosts.

    The environments of a gemeente share its CBS code, those of a samenwerkingsverband, which has none, its
    name.
    """

    auto_create_schema = False  # tenants.registry.onboarding makes it, with its role

    class Status(models.TextChoices):
        IN_INRICHTING = "in_inrichting", _("In inrichting")
        ACTIEF = "actief", _("Actief")
        BEPERKT = "beperkt", _("Beperkt")
        IN_EXIT = "in_exit", _("In exit")
        BEEINDIGD = "beeindigd", _("Beëindigd")

    class Environment(models.TextChoices):
        PRODUCTIE = "productie", _("Productie")
        ACCEPTATIE = "acceptatie", _("Acceptatie")
        OEFENOMGEVING = "oefenomgeving", _("Oefenomgeving")
        SANDBOX = "sandbox", _("Sandbox")

    schema_name = models.CharField(max_length=40, unique=True, validators=[validate_schema_name])
    naam = models.CharField(max_length=200)
    cbs_code = models.CharField(max_length=4, null=True, blank=True)  # noqa: DJ001  # unique where it is known
    rsin = models.CharField(max_length=9, blank=True, default="", validators=[validate_rsin])
    oin = models.CharField(max_length=20, blank=True, default="", validators=[validate_oin])
    inwoners = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.IN_INRICHTING)
    environment = models.CharField(max_length=20, choices=Environment, default=Environment.PRODUCTIE)
    cell = models.CharField(
        max_length=40, default="main", help_text="The PostgreSQL cluster that holds the schema."
    )
    vendor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="municipalities",
        limit_choices_to={"kind": Organisation.Kind.VENDOR},
    )
    implementation_partner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="implementations",
        limit_choices_to={"kind": Organisation.Kind.IMPLEMENTATION_PARTNER},
    )
    open_zaak_compatibility = models.BooleanField(
        default=True, help_text="Answers as Open Zaak does where it differs from the standard."
    )

    second_factor_required = models.BooleanField(
        default=True, help_text="Whoever signs in to its console needs more than a password."
    )

    selectielijst_url = models.URLField(
        max_length=500,
        blank=True,
        default="",
        help_text="Where its selectielijst is fetched, without a slash at the end; empty for our own.",
    )

    storage = models.CharField(
        max_length=20,
        default="default",
        db_default="default",
        help_text="The alias of the storage to which new contents of its documents go.",
    )
    signed_downloads = models.BooleanField(
        default=False,
        db_default=False,
        help_text="A download is answered with an address of the storage, where that gives one.",
    )

    documents_most_mib = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="The largest body with content of a document, in MiB; empty for the 4096 of the standard.",
    )

    passes_unchecked = models.BooleanField(
        default=False,
        db_default=False,
        help_text="What cannot be looked through for viruses comes in, and is marked; else it is refused.",
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ("schema_name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(documents_most_mib__range=(1, 4096)), name="documents_fit_the_standard"
            ),
            models.CheckConstraint(
                condition=models.Q(schema_name__regex=SCHEMA_NAME) & ~models.Q(schema_name=PUBLIC),
                name="schema_name_is_plain",
            ),
            models.CheckConstraint(
                condition=models.Q(cbs_code__regex=r"^\d{4}$"), name="cbs_code_has_four_digits"
            ),
            models.UniqueConstraint(
                fields=("cbs_code", "environment"),
                condition=~models.Q(environment="sandbox"),
                name="one_environment_of_a_kind",
                violation_error_message="Deze gemeente heeft deze omgeving al.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["in_inrichting", "actief", "beperkt", "in_exit", "beeindigd"]),
                name="status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(environment__in=["productie", "acceptatie", "oefenomgeving", "sandbox"]),
                name="environment_is_known",
            ),
        )

    def __str__(self) -> str:
        return self.naam

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Every host on which it answers, without port."""
        return frozenset(domain.domain for domain in self.domains.all())


class Domain(DomainMixin):
    """A host of a municipality, without port; notifications name the primary one, aliases work as well."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tenant",), condition=models.Q(is_primary=True), name="one_primary_domain"
            ),
            models.CheckConstraint(condition=models.Q(domain=Lower("domain")), name="domain_is_lower_case"),
        )


class AllowedHost(models.Model):
    """A private address that the guarded client may reach for this municipality alone."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="allowed_hosts")
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("municipality", "host", "port"), name="allow_a_host_once"),
            models.CheckConstraint(condition=models.Q(port__range=(1, 65535)), name="port_exists"),
        )

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class StateChange(models.Model):
    """That a municipality came into another state: when, by whom, and why."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="state_changes")
    before = models.CharField(max_length=20, choices=Municipality.Status)
    after = models.CharField(max_length=20, choices=Municipality.Status)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    reason = models.CharField(max_length=1000)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class SchemaText(models.Model):
    """The text that makes the schema of a municipality; one row, see ``tenants.registry.schema_text``."""

    singleton = models.BooleanField(primary_key=True, default=True)
    of_migrations = models.CharField(max_length=64)
    text = models.TextField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(singleton=True), name="one_schema_text"),)

    def __str__(self) -> str:
        return self.of_migrations
