"""Members: how PostgreSQL writes them, what they take, and how they are described."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db.models import Q
from rest_framework import serializers

from api.catalogi.models import Statustype, Zaaktype
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.describe.documentation.about_parameters import about_member
from api.pipeline.represent.groups import Group, Nested
from api.pipeline.represent.links import Link, Links, One, Self
from api.pipeline.represent.members import Choice, Computed, Field, Geometry, LocalMoment, Member, Url
from api.pipeline.sql.rows import Row, Sql, as_text
from api.pipeline.validate.references import parsed
from api.zaken.models import Resultaat, Status, Zaak
from api.zaken.resources.zaak import Kenmerk
from tenants.registry.models import Municipality
from tests.factories.zaken import ResultaatFactory, StatusFactory, ZaakFactory


def written(member: Member, row: Any) -> Any:
    """The member of one row, as it stands in the JSON."""
    model = type(row)
    document = as_text(Row({"member": member.expression(model)}))
    return parsed(model.objects.filter(pk=row.pk).values_list(document).get()[0])["member"]


def named(member: Member, name: str) -> Any:
    member.named(name)
    return member


def status_of(moment: str) -> Status:
    return StatusFactory.create(datum_status_gezet=datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    ("moment", "answered"),
    [
        ("2026-01-01T22:59:59+00:00", "2026-01-01T23:59:59+01:00"),
        ("2026-01-01T23:00:00+00:00", "2026-01-02T00:00:00+01:00"),
        ("2026-01-01T23:30:00+00:00", "2026-01-02T00:30:00+01:00"),
        ("2026-07-01T21:59:59+00:00", "2026-07-01T23:59:59+02:00"),
        ("2026-07-01T22:00:00+00:00", "2026-07-02T00:00:00+02:00"),
        ("2026-07-01T22:30:00+00:00", "2026-07-02T00:30:00+02:00"),
        ("2026-03-29T00:59:59+00:00", "2026-03-29T01:59:59+01:00"),
        ("2026-03-29T01:00:00+00:00", "2026-03-29T03:00:00+02:00"),
        ("2025-10-26T00:30:00+00:00", "2025-10-26T02:30:00+02:00"),
        ("2025-10-26T01:30:00+00:00", "2025-10-26T02:30:00+01:00"),
        ("2026-01-01T23:30:00.250000+00:00", "2026-01-02T00:30:00.250000+01:00"),
    ],
)
def test_a_local_moment_has_the_offset_of_its_season(
    in_haarlem: Municipality, moment: str, answered: str
) -> None:
    assert written(named(LocalMoment(), "datumStatusGezet"), status_of(moment)) == answered


@pytest.mark.parametrize("moment", ["1890-01-01T12:00:00+00:00", "1930-01-01T12:00:00+00:00"])
def test_a_local_moment_of_long_ago_is_the_same_moment(in_haarlem: Municipality, moment: str) -> None:
    answer = written(named(LocalMoment(), "datumStatusGezet"), status_of(moment))
    assert len(answer) == len(moment)
    assert datetime.fromisoformat(answer) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("moment", "answered"),
    [
        ("2026-01-02T00:30:00+01:00", "2026-01-01T23:30:00Z"),
        ("2026-07-02T00:30:00+02:00", "2026-07-01T22:30:00Z"),
        ("2025-10-26T02:30:00.250000+01:00", "2025-10-26T01:30:00.250000Z"),
    ],
)
def test_any_other_moment_is_in_utc(in_haarlem: Municipality, moment: str, answered: str) -> None:
    assert written(named(Field(), "datumStatusGezet"), status_of(moment)) == answered


@pytest.mark.parametrize("level", Vertrouwelijkheidaanduiding)
def test_a_choice_is_written_as_its_word(
    in_haarlem: Municipality, level: Vertrouwelijkheidaanduiding
) -> None:
    zaak = ZaakFactory.create(vertrouwelijkheidaanduiding=level)
    assert written(named(Choice(), "vertrouwelijkheidaanduiding"), zaak) == level.label


def test_a_local_moment_of_nothing_is_null(in_haarlem: Municipality) -> None:
    assert written(named(LocalMoment(), "laatsteBetaaldatum"), ZaakFactory.create()) is None


def test_a_local_moment_is_described_as_a_moment() -> None:
    member = named(LocalMoment(), "datumStatusGezet")
    assert member.schema(Status) == {"type": "string", "format": "date-time"}
    assert about_member(member, Status) == {"description": "In Nederlandse tijd: de datum is de dag hier."}


# -- columns ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "member", "name", "answered"),
    [
        ({"startdatum": date(2026, 1, 5)}, Field(), "startdatum", "2026-01-05"),
        ({"einddatum": None}, Field(), "einddatum", None),
        ({"verlenging_duur": "P1M"}, Field(), "verlengingDuur", "P1M"),
        ({"communicatiekanaal": "zaakplein:/x"}, Url(), "communicatiekanaal", "zaakplein:/x"),
        ({"kenmerken": [{"kenmerk": "a"}]}, Nested(Kenmerk, many=True), "kenmerken", [{"kenmerk": "a"}]),
        ({"zaakgeometrie": None}, Geometry(), "zaakgeometrie", None),
        (
            {"zaakgeometrie": {"type": "Point", "coordinates": [4.637123456789, 52.5]}},
            Geometry(),
            "zaakgeometrie",
            {"type": "Point", "coordinates": [4.637123456789, 52.5]},
        ),
        ({}, Computed(Sql("1 + 1"), {"type": "integer"}), "som", 2),
    ],
)
def test_a_column_is_written_in_its_form(
    in_haarlem: Municipality, columns: dict[str, Any], member: Member, name: str, answered: object
) -> None:
    assert written(named(member, name), ZaakFactory.create(**columns)) == answered


def test_a_group_is_written_whole_where_it_is_not_set(in_haarlem: Municipality) -> None:
    group = named(Group(indicatie=Field(), reden=Field()), "opschorting")
    assert written(group, ZaakFactory.create()) == {"indicatie": False, "reden": ""}


# -- relations -------------------------------------------------------------------------------------


def url_of(path: str, row: Any) -> str:
    return f"zaakplein:{path}/{row.pk}"


def test_an_object_has_its_own_url(in_haarlem: Municipality) -> None:
    zaak = ZaakFactory.create()
    assert written(named(Self(), "url"), zaak) == url_of("/zaken/api/v1/zaken", zaak)


def test_a_link_is_the_url_of_what_it_leads_to(in_haarlem: Municipality) -> None:
    zaak = ZaakFactory.create()
    assert written(named(Link(), "zaaktype"), zaak) == url_of("/catalogi/api/v1/zaaktypen", zaak.zaaktype)
    assert written(named(Link(), "hoofdzaak"), zaak) is None
    through = named(Link("zaaktype__catalogus"), "catalogus")
    assert written(through, zaak) == url_of("/catalogi/api/v1/catalogussen", zaak.zaaktype.catalogus)


def test_links_are_in_their_order(in_haarlem: Municipality) -> None:
    zaak = ZaakFactory.create()
    later, earlier = (StatusFactory.create(zaak=zaak, datum_status_gezet=moment(hour)) for hour in (2, 1))
    urls = [url_of("/zaken/api/v1/statussen", each) for each in (earlier, later)]
    assert written(named(Links(order_by=("datum_status_gezet",)), "statussen"), zaak) == urls
    assert written(named(Links(order_by=("-datum_status_gezet",)), "statussen"), zaak) == urls[::-1]


def test_no_links_are_an_empty_list(in_haarlem: Municipality) -> None:
    assert written(named(Links(), "statussen"), ZaakFactory.create()) == []


def test_one_is_the_one_that_is_meant(in_haarlem: Municipality) -> None:
    zaak = ZaakFactory.create()
    StatusFactory.create(zaak=zaak)
    current = StatusFactory.create(zaak=zaak, indicatie_laatst_gezette_status=True)
    one = named(One("statussen", where=lambda: Q(indicatie_laatst_gezette_status=True)), "status")
    assert written(one, zaak) == url_of("/zaken/api/v1/statussen", current)
    assert written(one, ZaakFactory.create()) is None


def test_the_other_side_of_one_to_one_is_its_url(in_haarlem: Municipality) -> None:
    resultaat = ResultaatFactory.create()
    one = named(One(), "resultaat")
    assert written(one, resultaat.zaak) == url_of("/zaken/api/v1/resultaten", resultaat)


@pytest.mark.parametrize(
    ("member", "name", "leads_to"),
    [
        (Link(expand=True), "zaaktype", Zaaktype),
        (Link(), "zaaktype", None),
        (Links(expand=True), "statussen", Status),
        (Links(), "statussen", None),
        (One(expand=True), "resultaat", Resultaat),
        (Field(), "omschrijving", None),
    ],
)
def test_what_may_be_taken_along(member: Member, name: str, leads_to: type | None) -> None:
    assert named(member, name).target(Zaak) is leads_to


# -- what is taken ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "name"),
    [
        (Self(), "url"),
        (Field(read_only=True), "einddatum"),
        (LocalMoment(read_only=True), "laatsteBetaaldatum"),
        (Choice(read_only=True), "vertrouwelijkheidaanduiding"),
        (Url(read_only=True), "communicatiekanaal"),
        (Link(read_only=True), "zaaktype"),
        (Links(), "statussen"),
        (One(), "resultaat"),
        (Computed(Sql("1"), {"type": "integer"}), "som"),
    ],
)
def test_what_can_only_be_read_takes_nothing(member: Member, name: str) -> None:
    member = named(member, name)
    assert member.field(Zaak) is None
    assert member.schema(Zaak)["readOnly"] is True


@pytest.mark.parametrize(
    ("member", "name", "required", "null"),
    [
        (Field(), "startdatum", True, False),
        (Field(), "omschrijving", False, False),
        (Field(), "einddatum", False, True),
        (Field(required=True), "omschrijving", True, False),
        (LocalMoment(), "laatsteBetaaldatum", False, True),
        (Link(), "zaaktype", True, False),
        (Link(required=False), "zaaktype", False, False),
        (Link(), "hoofdzaak", False, True),
        (Choice(), "vertrouwelijkheidaanduiding", False, False),
        (Group(reden=Field()), "opschorting", False, True),
        (Group(reden=Field(), nullable=False, required=True), "opschorting", True, False),
    ],
)
def test_what_has_to_be_given_and_what_may_be_null(
    member: Member, name: str, required: bool, null: bool
) -> None:
    taken = named(member, name).field(Zaak)
    assert (taken.required, taken.allow_null) == (required, null)


def test_a_choice_takes_the_word_and_keeps_the_number() -> None:
    taken = named(Choice(), "vertrouwelijkheidaanduiding").field(Zaak)
    assert taken.run_validation("openbaar") == Vertrouwelijkheidaanduiding.OPENBAAR
    assert taken.run_validation("zeer_geheim") == Vertrouwelijkheidaanduiding.ZEER_GEHEIM
    with pytest.raises(serializers.ValidationError):
        taken.run_validation("1")


def test_a_group_of_null_unsets_its_columns() -> None:
    group = named(Group(indicatie=Field(), reden=Field()), "opschorting")
    assert group.field(Zaak).run_validation(None) == {
        "opschorting_indicatie": False,
        "opschorting_reden": "",
    }


def test_a_member_may_have_another_name_than_its_column() -> None:
    member = named(Field("omschrijving"), "titel")
    assert (member.name, member.attribute) == ("titel", "omschrijving")
    assert named(Field(), "datumStatusGezet").attribute == "datum_status_gezet"


def test_a_link_through_another_is_nullable_as_its_last_step_is() -> None:
    assert "nullable" not in named(Link("zaaktype__catalogus"), "catalogus").schema(Zaak)
    assert "nullable" not in named(Link(), "zaaktype").schema(Statustype)
    assert named(Link(), "hoofdzaak").schema(Zaak)["nullable"] is True


def moment(hour: int) -> datetime:
    return datetime.fromisoformat(f"2026-01-05T{hour:02}:00:00+00:00")
