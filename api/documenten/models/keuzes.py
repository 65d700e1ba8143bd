"""The closed lists of the Documenten API 1.7.0; values as on the wire."""

from django.db import models


class Documentstatus(models.TextChoices):
    """How far a document is."""

    IN_BEWERKING = "in_bewerking", "In bewerking"
    TER_VASTSTELLING = "ter_vaststelling", "Ter vaststelling"
    DEFINITIEF = "definitief", "Definitief"
    GEARCHIVEERD = "gearchiveerd", "Gearchiveerd"


class Ondertekeningsoort(models.TextChoices):
    """How a document was signed."""

    ANALOOG = "analoog", "Analoog"
    DIGITAAL = "digitaal", "Digitaal"
    PKI = "pki", "PKI"


class Algoritme(models.TextChoices):
    """What a checksum was made with."""

    CRC_16 = "crc_16", "CRC-16"
    CRC_32 = "crc_32", "CRC-32"
    CRC_64 = "crc_64", "CRC-64"
    FLETCHER_4 = "fletcher_4", "Fletcher-4"
    FLETCHER_8 = "fletcher_8", "Fletcher-8"
    FLETCHER_16 = "fletcher_16", "Fletcher-16"
    FLETCHER_32 = "fletcher_32", "Fletcher-32"
    HMAC = "hmac", "HMAC"
    MD5 = "md5", "MD5"
    SHA_1 = "sha_1", "SHA-1"
    SHA_256 = "sha_256", "SHA-256"
    SHA_512 = "sha_512", "SHA-512"
    SHA_3 = "sha_3", "SHA-3"


class ObjectType(models.TextChoices):
    """What a document can belong to."""

    BESLUIT = "besluit", "Besluit"
    ZAAK = "zaak", "Zaak"
    VERZOEK = "verzoek", "Verzoek"


class AardRelatie(models.TextChoices):
    """What somebody was to a document that was sent."""

    AFZENDER = "afzender", "Afzender"
    GEADRESSEERDE = "geadresseerde", "Geadresseerde"


class PostadresType(models.TextChoices):
    """What kind of postal address a number stands for."""

    ANTWOORDNUMMER = "antwoordnummer", "Antwoordnummer"
    POSTBUSNUMMER = "postbusnummer", "Postbusnummer"


class Ongecontroleerd(models.TextChoices):
    """Why content came in without being looked through for viruses."""

    SCANNER = "scanner", "De viruscontrole antwoordde niet."
    OMVANG = "omvang", "De inhoud is groter dan de viruscontrole aankan."
