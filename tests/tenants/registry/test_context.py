import pytest

from tenants.accounts.models import User
from tenants.registry.connection import connection
from tenants.registry.context import (
    MunicipalityRequired,
    WrongMunicipality,
    current_municipality,
    for_each_municipality,
    in_municipality,
)
from tenants.registry.models import Municipality


def test_a_row_of_haarlem_is_not_there_in_utrecht(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(haarlem):
        User.objects.create_user("balie@haarlem.example")

    with in_municipality(utrecht):
        assert not User.objects.exists()


def test_outside_a_municipality_there_is_no_current_one(db: None) -> None:
    with pytest.raises(MunicipalityRequired):
        current_municipality()


def test_inside_it_is_the_current_one(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        assert current_municipality() == haarlem


def test_the_same_municipality_may_be_entered_again(haarlem: Municipality) -> None:
    with in_municipality(haarlem), in_municipality(haarlem):
        pass

    assert connection.schema_name == "public"


def test_another_municipality_may_not_be_entered_inside(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(haarlem), pytest.raises(WrongMunicipality), in_municipality(utrecht):
        pytest.fail("entered")


def test_leaving_by_another_door_is_loud(haarlem: Municipality) -> None:
    with pytest.raises(WrongMunicipality), in_municipality(haarlem):
        connection.set_schema_to_public()

    assert connection.schema_name == "public"


def test_each_municipality_is_visited(db: None) -> None:
    visited = [(each.schema_name, connection.schema_name) for each in for_each_municipality()]

    assert visited == [("haarlem", "haarlem"), ("utrecht", "utrecht")]


def test_allowed_hosts_are_known_inside(haarlem: Municipality) -> None:
    haarlem.allowed_hosts.create(host="127.0.0.1", port=8000)
    fresh = Municipality.objects.get(pk=haarlem.pk)

    with in_municipality(fresh):
        assert [str(host) for host in current_municipality().allowed_hosts.all()] == ["127.0.0.1:8000"]
