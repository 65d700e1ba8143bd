"""``manage.py token``."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tenants.registry.models import Municipality
from tests.api.client import ApiClient


def token(municipality: str, client_id: str) -> str:
    said = StringIO()
    call_command("token", "--municipality", municipality, "--client-id", client_id, stdout=said)
    return said.getvalue()


def test_the_token_works_and_is_all_it_says(haarlem_api: ApiClient) -> None:
    said = token("haarlem", haarlem_api.client.client_id)
    assert said.count("\n") == 1
    answer = haarlem_api.get("/catalogi/api/v1/catalogussen", Authorization=f"Bearer {said.strip()}")
    assert answer.status_code == 200


@pytest.mark.parametrize("municipality", ["utrecht", "leiden"])
def test_a_client_is_known_in_its_own_municipality_alone(
    haarlem_api: ApiClient, utrecht: Municipality, municipality: str
) -> None:
    with pytest.raises(CommandError):
        token(municipality, haarlem_api.client.client_id)
