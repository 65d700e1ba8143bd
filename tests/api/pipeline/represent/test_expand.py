from __future__ import annotations

import pytest

from api.catalogi.models import Zaaktype
from api.pipeline.represent.expand import MAX_DEPTH, MAX_NODES, parse
from api.pipeline.words import registry
from api.pipeline.words.refusals import Invalid, NotFound
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient
from tests.factories.zaken import StatusFactory

RELATIONS = ("hoofdzaak", "deelzaken", "zaaktype", "status", "resultaat", "rollen")
ABOVE = ("hoofdzaak.", "deelzaken.")


def test_what_the_oas_marks_is_expanded() -> None:
    """zrc-025 expand bereik."""
    assert parse(["status.statustype", "zaaktype"], Zaak) == (
        ("status", (("statustype", ()),)),
        ("zaaktype", ()),
    )


def test_it_goes_as_deep_as_the_limit_and_no_deeper() -> None:
    """zrc-026 expand diepte."""
    steps = ["hoofdzaak"] * MAX_DEPTH
    assert parse([".".join(steps)], Zaak)
    with pytest.raises(Invalid):
        parse([".".join([*steps, "zaaktype"])], Zaak)


def test_so_many_relations_and_no_more() -> None:
    """zrc-026 expand diepte: what is wide costs as much as what is deep."""
    places = ["", *ABOVE, *(f"{first}{second}" for first in ABOVE for second in ABOVE)]
    paths = [f"{place}{relation}" for place in places for relation in RELATIONS]
    assert parse(paths[:MAX_NODES], Zaak)
    with pytest.raises(Invalid):
        parse(paths[: MAX_NODES + 1], Zaak)


@pytest.mark.parametrize("path", ["nergens", "status.nergens", "omschrijving", "url", ""])
def test_a_step_that_is_no_relation_is_refused(path: str) -> None:
    """zrc-027 expand pad."""
    with pytest.raises(NotFound):
        parse([path], Zaak)


def test_one_step_that_leads_nowhere_refuses_the_whole_request(
    haarlem: Municipality, haarlem_api: ApiClient
) -> None:
    """zrc-028 expand onbereikbaar."""
    with in_municipality(haarlem):
        zaak = StatusFactory.create().zaak
    path = f"{registry.resource_for(Zaak).root()}/{zaak.pk}"
    assert haarlem_api.get(f"{path}?expand=status").status_code == 200
    assert haarlem_api.get(f"{path}?expand=status,nergens").status_code == 404


def test_the_same_wishes_in_another_order_are_the_same_tree() -> None:
    assert parse(["catalogus", "statustypen"], Zaaktype) == parse(["statustypen", "catalogus"], Zaaktype)
