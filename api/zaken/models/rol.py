"""ROL: somebody's part in a zaak."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import IsNull

from api.catalogi.models.keuzes import OmschrijvingGeneriek
from api.zaken.models.keuzes import BetrokkeneType, IndicatieMachtiging


def identification_index(key: str, name: str) -> models.Index:
    """Serves the plain lookup ``betrokkene_identificatie__<key>=value`` and holds only its rows."""
    value = F(f"betrokkene_identificatie__{key}")
    return models.Index(value, name=name, condition=Q(IsNull(value, False)))


class Rol(models.Model):
    """A part in a zaak (Zaken 1.7.0, ``Rol``).

    ``betrokkene_identificatie`` has the members of the variant that betrokkene_type chooses, as on
    the wire, and is empty when ``betrokkene`` says by its URL who it is. Omschrijving and
    omschrijving_generiek are copied from the roltype when the rol is made. ``contactpersoon_rol``
    is ``{"emailadres", "functie", "telefoonnummer", "naam"}`` or null.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    zaak = models.ForeignKey("zaken.Zaak", models.CASCADE, related_name="rollen", db_index=False)
    roltype = models.ForeignKey("catalogi.Roltype", models.PROTECT, related_name="rollen")
    betrokkene = models.URLField(max_length=1000, blank=True, default="")
    betrokkene_type = models.CharField(max_length=24, choices=BetrokkeneType)
    betrokkene_identificatie = models.JSONField(blank=True, default=dict)
    afwijkende_naam_betrokkene = models.CharField(max_length=625, blank=True, default="")
    omschrijving = models.CharField(max_length=100)
    omschrijving_generiek = models.CharField(max_length=20, choices=OmschrijvingGeneriek)
    roltoelichting = models.CharField(max_length=1000, blank=True, default="")
    registratiedatum = models.DateTimeField(auto_now_add=True)
    indicatie_machtiging = models.CharField(
        max_length=15, choices=IndicatieMachtiging, blank=True, default=""
    )
    contactpersoon_rol = models.JSONField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("zaak", "registratiedatum", "uuid"), name="rol_zaak"),
            models.Index(fields=("betrokkene_type", "zaak"), name="rol_betrokkene_type"),
            models.Index(fields=("omschrijving_generiek", "zaak"), name="rol_generiek"),
            models.Index(fields=("omschrijving",), name="rol_omschrijving"),
            models.Index(fields=("betrokkene",), name="rol_betrokkene", condition=~Q(betrokkene="")),
            identification_index("inpBsn", "rol_inp_bsn"),
            identification_index("anpIdentificatie", "rol_anp_identificatie"),
            identification_index("inpA_nummer", "rol_inp_a_nummer"),
            identification_index("innNnpId", "rol_inn_nnp_id"),
            identification_index("annIdentificatie", "rol_ann_identificatie"),
            identification_index("vestigingsNummer", "rol_vestigings_nummer"),
            identification_index("identificatie", "rol_identificatie"),
            identification_index("kvkNummer", "rol_kvk_nummer"),
            # Most act for themselves, and are found by what else is asked.
            models.Index(
                fields=("indicatie_machtiging", "zaak"),
                name="rol_machtiging",
                condition=~Q(indicatie_machtiging=""),
            ),
        )

    def __str__(self) -> str:
        return self.omschrijving
