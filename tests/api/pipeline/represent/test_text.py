"""Whatever text a client writes comes back unchanged: answered, listed, expanded and in the trail."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.pipeline.represent.members import Choice, Field, Url
from api.zaken.models import Zaak
from tests.api.client import ApiClient
from tests.api.requests import root_of
from tests.api.zaken.conftest import ROLLEN, Catalogue, catalogue, zaak
from tests.factories.everything import own_resources
from tests.isolation.square import House, undone

__all__ = ["catalogue", "zaak"]

ALIKE = (
    "zaakplein:/zaken/api/v1/zaken",
    'hij zei "zaakplein:/x"',
    '"zaakplein:/x',
    '"\\/zaken/api/v1/zaken',
    "\\/zaken",
    '\\"\\/x',
    "\\\\/",
    "http://haarlem.localhost/x",
    "%s %% {} {0}",
)
"""Texts that look like a URL as it is stored, or as it is rendered."""

PIECES = st.sampled_from(['"', "\\", "/", "zaakplein:", "x", " ", "\\/", "é", "\n"])
TEXTS = st.one_of(
    st.sampled_from(ALIKE),
    st.lists(PIECES, min_size=1, max_size=6).map(lambda pieces: "".join(pieces).strip()).filter(bool),
)

CHANGING = [resource for resource in own_resources() if "partial_update" in resource.operations]

pytestmark = pytest.mark.django_db


def texts_of(resource: Any) -> dict[str, int]:
    """The members that take any text, each with how much of it."""
    found = {}
    for name, member in resource.representation.members.items():
        if isinstance(member, Field) and not isinstance(member, Choice | Url) and not member.read_only:
            column = resource.model._meta.get_field(member.attribute)
            if not member.immutable and _takes_any_text(column):
                found[name] = column.max_length or 100
    return found


def _takes_any_text(column: Any) -> bool:
    if isinstance(column, models.URLField) or column.choices:
        return False
    checked = any(getattr(each, "code", "") != "max_length" for each in column.validators)
    return isinstance(column, models.CharField | models.TextField) and not checked


@pytest.mark.parametrize("resource", CHANGING, ids=lambda each: each.noun)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_every_text_of_every_resource(haarlem_house: House, resource: Any, text: str) -> None:
    url = f"{root_of(resource, haarlem_house)}/{haarlem_house[resource.model].pk}"
    for name, longest in texts_of(resource).items():
        with undone():
            changed = haarlem_house.api.patch(url, {name: text[:longest]})
            if changed.status_code == 400:
                continue  # a rule of its own asks for more
            assert changed.json()[name] == text[:longest].strip()
            assert haarlem_house.api.get(url).json()[name] == changed.json()[name]


def test_the_resources_of_a_zaak_have_such_texts() -> None:
    having = {resource.noun for resource in CHANGING if texts_of(resource)}
    assert {"zaak", "resultaat", "zaaktype", "applicatie"} <= having


@pytest.mark.parametrize("text", ALIKE)
def test_lists_expansions_and_the_trail(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, text: str
) -> None:
    url = catalogue.url(zaak)
    rol = catalogue.rol(zaak, roltoelichting=text, betrokkeneIdentificatie={"identificatie": text[:24]})
    body = {"toelichting": text, "kenmerken": [{"kenmerk": text[:40], "bron": "x"}]}

    made = haarlem_api.post(ROLLEN, rol).json()
    changed = haarlem_api.patch(url, body, X_Audit_Toelichting=text).json()

    assert made["betrokkeneIdentificatie"]["identificatie"] == text[:24].strip()
    assert (changed["toelichting"], changed["kenmerken"][0]["kenmerk"]) == (text, text[:40])
    listed = haarlem_api.get("/zaken/api/v1/zaken?expand=rollen").json()["results"][0]
    assert (listed["toelichting"], listed["_expand"]["rollen"][0]["roltoelichting"]) == (text, text)
    line = haarlem_api.get(f"{url}/audittrail").json()[-1]
    assert (line["toelichting"], line["wijzigingen"]["nieuw"]["toelichting"]) == (text, text)
    assert line["wijzigingen"]["nieuw"]["url"] == url


@pytest.mark.parametrize("text", ALIKE)
def test_the_claims_of_a_token(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, text: str) -> None:
    token = haarlem_api.token(user_id=text, user_representation=text)

    haarlem_api.patch(catalogue.url(zaak), {"omschrijving": "x"}, Authorization=f"Bearer {token}")

    line = haarlem_api.get(f"{catalogue.url(zaak)}/audittrail").json()[-1]
    assert (line["gebruikersId"], line["gebruikersWeergave"]) == (text, text)
