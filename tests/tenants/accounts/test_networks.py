from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from tenants.accounts.networks import address_of, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("", "0.0.0.0/24"),
        ("unix:", "0.0.0.0/24"),
    ],
)
def test_what_tells_households_apart_is_left_out(address: str, network: str) -> None:
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_a_header_that_nobody_named_is_not_believed() -> None:
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "192.0.2.1"}, REMOTE_ADDR="198.51.100.7")

    assert address_of(request) == "198.51.100.7"


def test_the_header_of_the_front_tells_the_address(settings: Settings) -> None:
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    request = RequestFactory().get("/", headers={"X-Real-IP": "192.0.2.1"}, REMOTE_ADDR="198.51.100.7")

    assert address_of(request) == "192.0.2.1"
