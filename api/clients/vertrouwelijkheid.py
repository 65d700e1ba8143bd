"""How confidential something is, as an order that can be compared in SQL."""

from django.db import models


class Vertrouwelijkheidaanduiding(models.IntegerChoices):
    """The eight levels of the standard, least confidential first; a label is the wire value."""

    OPENBAAR = 1, "openbaar"
    BEPERKT_OPENBAAR = 2, "beperkt_openbaar"
    INTERN = 3, "intern"
    ZAAKVERTROUWELIJK = 4, "zaakvertrouwelijk"
    VERTROUWELIJK = 5, "vertrouwelijk"
    CONFIDENTIEEL = 6, "confidentieel"
    GEHEIM = 7, "geheim"
    ZEER_GEHEIM = 8, "zeer_geheim"
