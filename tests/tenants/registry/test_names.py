import pytest
from django.core.exceptions import ValidationError

from tenants.registry.names import role_name, validate_schema_name


@pytest.mark.parametrize("name", ["haarlem", "den_haag", "g2", "a" * 40])
def test_a_plain_name_is_a_schema_name(name: str) -> None:
    validate_schema_name(name)


@pytest.mark.parametrize("name", ["public", "extensions", "pg_catalog", "information_schema", "haarlem\n"])
def test_a_name_of_somebody_else_is_not(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_schema_name(name)


def test_a_role_is_named_after_database_and_schema() -> None:
    assert role_name("zaakplein", "haarlem") == "zaakplein_haarlem"


def test_a_role_that_would_be_cut_off_is_hashed() -> None:
    long = "d" * 60

    assert len(role_name(long, "haarlem")) == 63
    assert role_name(long, "haarlem") != role_name(long, "haarlemmermeer")
