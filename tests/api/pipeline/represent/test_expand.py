from __future__ import annotations

import time
from typing import Any

import pytest

from api.catalogi.models import Zaaktype
from api.pipeline.declare.declaration import declarations
from api.pipeline.represent.expand import MAX_DEPTH, MAX_NODES, parse
from api.pipeline.sql.bounded import MOST_BYTES, in_bounds
from api.pipeline.sql.rows import PresentRow, Sql
from api.pipeline.words import registry
from api.pipeline.words.refusals import Invalid, NotFound
from api.zaken.models import Rol, Status, Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.zaken import RolFactory, StatusFactory, ZaakFactory

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
    places = ["", *ABOVE, "hoofdzaak.hoofdzaak.", "hoofdzaak.deelzaken.", "deelzaken.hoofdzaak."]
    places += ["hoofdzaak.hoofdzaak.hoofdzaak.", "hoofdzaak.hoofdzaak.deelzaken."]
    paths = [f"{place}{relation}" for place in places for relation in RELATIONS]
    paths = [path for path in paths if path.count("deelzaken") < 2]
    assert len(paths) > MAX_NODES
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


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("zaak.status", Status),
        ("zaak.rollen", Rol),
        ("rollen.zaak", Zaak),
        ("hoofdzaak.deelzaken.status.statustype", Zaak),
        ("deelzaken.rollen.statussen.zaak", Zaak),
        ("statustypen.zaaktype.roltypen", Zaaktype),
    ],
)
def test_relations_to_many_may_follow_each_other(path: str, model: Any) -> None:
    assert parse([path], model)


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("rollen.zaak.rollen", Zaak),
        ("rollen.zaak.rollen.zaak.rollen.zaak", Zaak),
        ("zaak.rollen.zaak.rollen", Rol),
        ("hoofdzaak.deelzaken.hoofdzaak.deelzaken", Zaak),
        ("statustypen.zaaktype.statustypen", Zaaktype),
        ("deelzaken.deelzaken", Zaak),
    ],
)
def test_one_relation_to_many_stands_in_a_path_once(path: str, model: Any) -> None:
    with pytest.raises(Invalid) as refused:
        parse([path], model)
    assert [(each.name, each.code) for each in refused.value.violations] == [("expand", "max_length")]


def test_in_two_paths_it_may_stand_twice() -> None:
    assert parse(["rollen.zaak", "rollen.roltype", "deelzaken.rollen"], Zaak)


def test_every_list_that_is_expanded_is_known_as_one() -> None:
    members = [
        (member, declared.model)
        for declared in declarations()
        for member in declared.representation.members.values()
        if member.target(declared.model) is not None
    ]
    assert members
    assert [
        member.name
        for member, model in members
        if member.leads_to_many != (member.schema(model)["type"] == "array")
    ] == []


LARGE = {"kenmerken": [{"kenmerk": "x" * 40, "bron": "y" * 40}] * 1000}
"""Of a hundred kilobytes."""


def many_rollen(zaak: Zaak, number: int) -> None:
    one = RolFactory.create(zaak=zaak)
    columns = {field.attname: getattr(one, field.attname) for field in Rol._meta.concrete_fields[1:]}
    Rol.objects.bulk_create(Rol(**columns) for _ in range(number - 1))


@pytest.mark.parametrize("place", ["/{}?expand=rollen.zaak", "?expand=rollen.zaak"])
def test_an_answer_that_would_be_too_large_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, place: str
) -> None:
    with in_municipality(haarlem):
        zaak = ZaakFactory.create(**LARGE)
        many_rollen(zaak, 340)
    root = registry.resource_for(Zaak).root()
    assert violations(haarlem_api.get(f"{root}{place.format(zaak.pk)}")) == [("expand", "answer-too-large")]


def test_so_is_a_page_of_many_that_are_not(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    with in_municipality(haarlem):
        for _ in range(3):
            many_rollen(ZaakFactory.create(**LARGE), 140)
    root = registry.resource_for(Zaak).root()
    assert haarlem_api.get(f"{root}?expand=rollen.zaak&pageSize=1").status_code == 200
    assert violations(haarlem_api.get(f"{root}?expand=rollen.zaak")) == [("expand", "answer-too-large")]


@pytest.mark.parametrize("place", ["/{}?expand=rollen.zaak", "?expand=rollen.zaak"])
def test_one_that_would_be_ten_times_too_large_is_refused_as_soon(
    haarlem: Municipality, haarlem_api: ApiClient, place: str
) -> None:
    """What is larger than the memory of one step (work_mem) is not written out first."""
    with in_municipality(haarlem):
        zaak = ZaakFactory.create(**LARGE)
        many_rollen(zaak, 3000)
    started = time.monotonic()
    answer = haarlem_api.get(f"{registry.resource_for(Zaak).root()}{place.format(zaak.pk)}")
    assert violations(answer) == [("expand", "answer-too-large")]
    assert time.monotonic() - started < 10


def test_several_lists_are_too_large_together(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    """Each of them would be an answer by itself."""
    with in_municipality(haarlem):
        zaak = ZaakFactory.create(**LARGE)
        many_rollen(zaak, 200)
        for _ in range(200):
            ZaakFactory.create(hoofdzaak=zaak)
    path = f"{registry.resource_for(Zaak).root()}/{zaak.pk}?expand="
    for alone in ("rollen.zaak", "deelzaken.hoofdzaak"):
        assert haarlem_api.get(f"{path}{alone}").status_code == 200
    answer = haarlem_api.get(f"{path}rollen.zaak,deelzaken.hoofdzaak")
    assert violations(answer) == [("expand", "answer-too-large")]


def test_what_comes_after_what_is_too_large_is_not_made(haarlem: Municipality) -> None:
    large = Sql(f"to_json(repeat('x', {MOST_BYTES // 2}))")
    never = Sql("to_json(1 / (random() * 0)::int)")
    with in_municipality(haarlem):
        ZaakFactory.create()
        with pytest.raises(Invalid) as refused, in_bounds():
            list(Zaak.objects.values_list(PresentRow({"a": large, "b": large, "c": never})))
    assert [each.code for each in refused.value.violations] == ["answer-too-large"]
