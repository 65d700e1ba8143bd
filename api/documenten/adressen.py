"""The forms of address that a verzending can have."""

from __future__ import annotations

from rest_framework import serializers

from api.documenten.models.keuzes import PostadresType
from api.pipeline.validate import values
from api.pipeline.validate.objects import ObjectSerializer


def _text(length: int, *, required: bool = False) -> serializers.CharField:
    if required:
        return serializers.CharField(max_length=length)
    return serializers.CharField(max_length=length, required=False, allow_blank=True, default="")


class BinnenlandsAdres(ObjectSerializer):
    """An address in the Netherlands."""

    huisletter = _text(1)
    huisnummer = serializers.IntegerField(min_value=1, max_value=99999)
    huisnummerToevoeging = _text(4)  # noqa: N815 - on the wire
    naamOpenbareRuimte = _text(80, required=True)  # noqa: N815
    postcode = _text(6)
    woonplaatsnaam = _text(80, required=True)


class BuitenlandsAdres(ObjectSerializer):
    """An address elsewhere."""

    adresBuitenland1 = _text(35, required=True)  # noqa: N815 - on the wire
    adresBuitenland2 = _text(35)  # noqa: N815
    adresBuitenland3 = _text(35)  # noqa: N815
    landPostadres = values.UrlField(max_length=200)  # noqa: N815


class Postadres(ObjectSerializer):
    """A box or a number at which post is collected."""

    postBusOfAntwoordnummer = serializers.IntegerField(min_value=1, max_value=9999)  # noqa: N815 - on the wire
    postadresPostcode = _text(6, required=True)  # noqa: N815
    postadresType = serializers.ChoiceField(PostadresType.choices)  # noqa: N815
    woonplaatsnaam = _text(80, required=True)
