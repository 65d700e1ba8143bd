from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.db import transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg2 import sql

from tenants.registry.connection import connection
from tenants.registry.models import Municipality, Organisation
from tenants.registry.names import role_name
from tenants.registry.onboarding import OnboardingRefused, onboard
from tenants.registry.provisioning import provision_public
from tenants.registry.schemas import schema_exists

Connected = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def owner(owner_connection: Connected) -> Iterator[None]:
    """The owner's connection, in a transaction that is undone: schemas and roles too."""
    with owner_connection(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def onboard_zandvoort(*hosts: str) -> list[str]:
    return onboard(naam="Zandvoort", schema="zandvoort", hosts=list(hosts or ["zandvoort.localhost"])).done


def test_onboarding_makes_the_row_the_host_and_the_schema(owner: None) -> None:
    assert onboard_zandvoort() == [
        "Registered Zandvoort.",
        "Gave it host zandvoort.localhost.",
        "Made schema zandvoort and its role.",
    ]
    assert schema_exists("zandvoort")


def test_onboarding_again_does_nothing(owner: None) -> None:
    onboard_zandvoort()

    assert onboard_zandvoort() == []


def test_onboarding_again_adds_what_is_missing(owner: None) -> None:
    onboard_zandvoort()

    assert onboard_zandvoort("zandvoort.localhost", "Alias.Localhost") == ["Gave it host alias.localhost."]


def test_the_first_host_is_the_primary_one(owner: None) -> None:
    onboard_zandvoort("een.localhost", "twee.localhost")

    domains = Municipality.objects.get(schema_name="zandvoort").domains
    assert [domain.domain for domain in domains.filter(is_primary=True)] == ["een.localhost"]


def test_a_new_schema_has_no_migration_left_to_do(owner: None) -> None:
    onboard_zandvoort()
    connection.set_schema("zandvoort", include_public=False)

    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    connection.set_schema_to_public()


def test_the_second_municipality_has_the_same_vendor(owner: None) -> None:
    onboard_zandvoort()

    assert Organisation.objects.filter(kind=Organisation.Kind.VENDOR).count() == 1


@pytest.mark.parametrize(
    "schema", ["public", "extensions", "pg_temp", "Zandvoort", "1zee", "z" * 41, 'z"', ""]
)
def test_a_schema_name_that_is_not_plain_is_refused(owner: None, schema: str) -> None:
    with pytest.raises(OnboardingRefused):
        onboard(naam="Zandvoort", schema=schema, hosts=["zandvoort.localhost"])


def test_a_schema_of_another_is_refused(owner: None) -> None:
    with pytest.raises(OnboardingRefused, match="Haarlem's"):
        onboard(naam="Zandvoort", schema="haarlem", hosts=["zandvoort.localhost"])


def test_a_host_of_another_is_refused_and_leaves_nothing(owner: None) -> None:
    with pytest.raises(OnboardingRefused, match="host of Haarlem"):
        onboard_zandvoort("haarlem.localhost")

    assert not Municipality.objects.filter(schema_name="zandvoort").exists()
    assert not schema_exists("zandvoort")


def test_a_host_of_the_vendor_is_refused(owner: None) -> None:
    with pytest.raises(OnboardingRefused, match="vendor"):
        onboard_zandvoort("localhost")


def test_the_number_of_inhabitants_comes_with_the_cbs_code(owner: None) -> None:
    assert Municipality.objects.get(schema_name="haarlem").inwoners == 162898


def test_a_cbs_code_that_does_not_exist_is_refused(owner: None) -> None:
    with pytest.raises(OnboardingRefused, match="9999"):
        onboard(naam="Zandvoort", schema="zandvoort", hosts=["zandvoort.localhost"], cbs_code="9999")


def test_a_second_production_of_a_gemeente_is_refused(owner: None) -> None:
    with pytest.raises(OnboardingRefused, match="deze omgeving al"):
        onboard(naam="Haarlem", schema="haarlem_2", hosts=["twee.localhost"], cbs_code="0392")


def test_an_acceptance_stands_beside_the_production(owner: None) -> None:
    acceptance = onboard(
        naam="Haarlem",
        schema="haarlem_acc",
        hosts=["acc.localhost"],
        cbs_code="0392",
        environment="acceptatie",
    ).municipality

    group = Municipality.objects.same_gemeente(acceptance).values_list("schema_name", flat=True)
    assert set(group) == {"haarlem", "haarlem_acc"}


def test_a_gemeente_has_sandboxes_as_many_as_it_likes(owner: None) -> None:
    for schema in ("zand_1", "zand_2"):
        onboard(
            naam="Haarlem",
            schema=schema,
            hosts=[f"{schema}.localhost"],
            cbs_code="0392",
            environment="sandbox",
        )

    assert Municipality.objects.filter(cbs_code="0392").count() == 3


def test_a_schema_of_another_environment_is_refused(owner: None) -> None:
    with pytest.raises(OnboardingRefused, match="productie"):
        onboard(naam="Haarlem", schema="haarlem", hosts=[], environment="acceptatie")


def test_environments_of_those_without_code_group_by_name(haarlem: Municipality) -> None:
    waterland = [
        Municipality(
            schema_name=f"waterland_{environment}",
            naam="Waterland",
            vendor=haarlem.vendor,
            environment=environment,
        )
        for environment in ("productie", "acceptatie")
    ]
    Municipality.objects.bulk_create(waterland)

    assert set(Municipality.objects.same_gemeente(waterland[0])) == set(waterland)


def test_who_came_aboard_is_active_and_the_log_says_so(owner: None) -> None:
    onboard_zandvoort()

    zandvoort = Municipality.objects.get(schema_name="zandvoort")
    assert zandvoort.status == "actief"
    assert [change.after for change in zandvoort.state_changes.all()] == ["actief"]


def test_another_cbs_code_for_the_same_municipality_is_refused(owner: None) -> None:
    with pytest.raises(OnboardingRefused, match="0392"):
        onboard(naam="Haarlem", schema="haarlem", hosts=[], cbs_code="0473")


def test_who_was_aboard_may_read_a_public_table_that_came_later(owner: None) -> None:
    onboard_zandvoort()
    role = role_name(connection.settings_dict["NAME"], "zandvoort")
    with connection.cursor() as cursor:
        revoke = sql.SQL("REVOKE SELECT ON selectielijst_procestype FROM {}")
        cursor.execute(revoke.format(sql.Identifier(role)))

    provision_public()

    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'public.selectielijst_procestype', 'SELECT')", [role])
        assert cursor.fetchone() == (True,)
