from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tenants.registry.models import AllowedHost, Municipality


def allow(address: str, municipality: str = "haarlem") -> str:
    said = StringIO()
    call_command("allow_host", address, municipality=municipality, stdout=said)
    return said.getvalue().strip()


def test_a_host_is_allowed_for_that_municipality_alone(haarlem: Municipality) -> None:
    assert allow("127.0.0.1:8443") == "Haarlem may now reach 127.0.0.1:8443."

    assert [allowed.municipality for allowed in AllowedHost.objects.all()] == [haarlem]


def test_allowing_it_again_changes_nothing(haarlem: Municipality) -> None:
    allow("127.0.0.1:8443")

    assert allow("127.0.0.1:8443") == "Haarlem could already reach 127.0.0.1:8443."


def test_an_ipv6_address_is_kept_as_a_parsed_url_has_it(haarlem: Municipality) -> None:
    allow("[::1]:8443")

    assert AllowedHost.objects.get().host == "::1"


@pytest.mark.parametrize("address", ["127.0.0.1", ":80", "host:", "host:0", "host:65536", "host:http"])
def test_what_is_no_host_with_a_port_is_refused(haarlem: Municipality, address: str) -> None:
    with pytest.raises(CommandError):
        allow(address)


def test_an_unknown_municipality_is_refused(db: None) -> None:
    with pytest.raises(CommandError):
        allow("127.0.0.1:8443", municipality="nergens")
