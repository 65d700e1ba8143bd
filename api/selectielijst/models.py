"""The national lists, the same for every municipality: in the public schema, written by one command."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

TAAKGEBIEDEN = (
    "algemeenBestuurEnInrichtingOrganisatie",
    "bedrijfsvoeringEnPersoneel",
    "publiekeInformatieEnRegistratie",
    "burgerzaken",
    "veiligheid",
    "verkeerEnVervoer",
    "economie",
    "onderwijs",
    "sportCultuurEnRecreatie",
    "sociaalDomein",
    "volksgezonheidEnMilieu",  # spelt as the public servers spell it
    "vhrosv",
    "heffenBelastingen",
    "alleTaakgebieden",
)
"""As the members of a resultaat name them."""


class Waardering(models.TextChoices):
    BLIJVEND_BEWAREN = "blijvend_bewaren", "Blijvend bewaren"
    VERNIETIGEN = "vernietigen", "Vernietigen"


class Procestermijn(models.TextChoices):
    """With the words in which the public servers explain it; one of them ends in a space there."""

    NIHIL = "nihil", "Nihil"
    BESTAANSDUUR_PROCESOBJECT = (
        "bestaansduur_procesobject",
        "De bestaans- of geldigheidsduur van het procesobject.",
    )
    INGESCHATTE_BESTAANSDUUR_PROCESOBJECT = (
        "ingeschatte_bestaansduur_procesobject",
        "De ingeschatte maximale bestaans- of geldigheidsduur van het procesobject.",
    )
    VAST_TE_LEGGEN_DATUM = (
        "vast_te_leggen_datum",
        (
            "De tijdens het proces vast te leggen datum"
            " waarop de geldigheid van het procesobject komt te vervallen. "
        ),
    )
    SAMENGEVOEGD_MET_BEWAARTERMIJN = (
        "samengevoegd_met_bewaartermijn",
        "De procestermijn is samengevoegd met de bewaartermijn.",
    )


class Procestype(models.Model):
    """A kind of process, in the selectielijst of one year."""

    uuid = models.UUIDField(primary_key=True)
    jaar = models.PositiveSmallIntegerField()
    nummer = models.PositiveSmallIntegerField()
    naam = models.CharField(max_length=100)
    omschrijving = models.CharField(max_length=300)
    toelichting = models.TextField(blank=True)
    procesobject = models.CharField(max_length=80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("jaar", "nummer"), name="procestype_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.nummer} {self.naam} ({self.jaar})"


class Resultaat(models.Model):
    """What a process can end in, and how long its zaken are kept; a specific one refines a generic one."""

    uuid = models.UUIDField(primary_key=True)
    procestype = models.ForeignKey(Procestype, models.CASCADE, related_name="resultaten")
    nummers = ArrayField(models.PositiveSmallIntegerField())
    """Of the procestype, the generic resultaat and, where it is specific, itself: 7.1.14."""
    naam = models.CharField(max_length=40)
    omschrijving = models.CharField(max_length=150, blank=True)
    herkomst = models.CharField(max_length=200)
    waardering = models.CharField(max_length=50, choices=Waardering, blank=True)
    procestermijn = models.CharField(max_length=50, choices=Procestermijn, blank=True)
    procestermijn_opmerking = models.CharField(max_length=20, blank=True)
    bewaartermijn = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001  # null in the API too
    """ISO 8601 as published, ``P0D`` and ``P42D`` too; ``null`` where the list gives none."""
    toelichting = models.TextField(blank=True)
    taakgebieden = ArrayField(models.CharField(max_length=50), default=list)
    """Which of ``TAAKGEBIEDEN`` it is meant for."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("procestype", "nummers"), name="resultaat_once_a_procestype"),
            models.CheckConstraint(
                condition=models.Q(waardering__in=("", *Waardering.values)), name="waardering_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(procestermijn__in=("", *Procestermijn.values)),
                name="procestermijn_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.nummers))} {self.naam}"


class Resultaattypeomschrijving(models.Model):
    """A general word for the result of a zaak, which resultaattypen refer to."""

    uuid = models.UUIDField(primary_key=True)
    uuid_bron = models.CharField(max_length=50)
    """Which public server gave the uuid; the documentation lists those that are not the best known."""
    omschrijving = models.CharField(max_length=20)
    definitie = models.CharField(max_length=255, blank=True)
    opmerking = models.CharField(max_length=255, blank=True)
    alias_van = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="aliassen")
    """Where another server than the best known gave this uuid to a word: that word with its own uuid. What
    refers to an alias goes on finding it; a list names each word once."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("omschrijving",), condition=models.Q(alias_van=None), name="omschrijving_once"
            ),
        )

    def __str__(self) -> str:
        return self.omschrijving


class Communicatiekanaal(models.Model):
    """A way in which a zaak reaches the municipality."""

    uuid = models.UUIDField(primary_key=True)
    naam = models.CharField(max_length=20, unique=True)
    omschrijving = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.naam


class GeladenVersie(models.Model):
    """Which version of the lists stands in these tables; one row, or none before the first time."""

    versie = models.CharField(max_length=50)
    digest = models.CharField(max_length=64)
    """SHA-256 of the files that were loaded."""
    geladen_op = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.versie
