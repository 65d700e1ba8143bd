from __future__ import annotations

from django.utils.translation import override

from tenants.onboarding.hosts import refused_host
from tenants.registry.models import Municipality


def test_a_refusal_is_in_the_language_of_who_reads_it(haarlem: Municipality) -> None:
    with override("en"):
        assert refused_host("haarlem.localhost", schema="gouda") == "haarlem.localhost is a host of Haarlem."
    assert refused_host("haarlem.localhost", schema="gouda") == "haarlem.localhost is een host van Haarlem."
