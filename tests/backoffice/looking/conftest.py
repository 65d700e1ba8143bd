from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.models import Grant, State
from api.zaken.models import Rol, Zaak
from tenants.accounts.models import Membership
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.visits.models import Visit
from tests.access.grants import make_grant
from tests.factories.zaken import ResultaatFactory, RolFactory, StatusFactory, ZaakFactory
from tests.people import Browser, House, browser_of, member

BSN = "999993653"
SECRETS = (BSN, "Moulin", "Suzanne", "stoeptegel", "Melder van het probleem", "KENMERK-1", "Ingetrokken door")


@dataclass
class Case:
    """Somebody of the vendor with access to Haarlem, and a zaak there."""

    municipality: Municipality
    membership: Membership
    browser: Browser
    zaak: Zaak
    rol: Rol

    def grant(self, **given: Any) -> Grant:
        return running(self.municipality, self.membership, **given)

    def visits(self) -> list[Visit]:
        with in_municipality(self.municipality):
            return list(Visit.objects.order_by("pk"))


def running(municipality: Municipality, asker: Membership, **given: Any) -> Grant:
    now = timezone.now()
    return make_grant(
        municipality,
        now=now,
        asker=asker,
        **{
            "state": State.TOEGESTAAN,
            "valid_from": now,
            "valid_until": now + timedelta(hours=4),
            "hours_allowed": 4,
            **given,
        },
    )


@pytest.fixture
def case(haarlem: Municipality, vendor: House) -> Case:
    membership = member(vendor, "operatie")
    with in_municipality(haarlem):
        zaak = ZaakFactory.create(
            kenmerken=[{"kenmerk": "KENMERK-1", "bron": "Post"}], toelichting="Ingetrokken door de melder"
        )
        StatusFactory.create(zaak=zaak)
        rol = RolFactory.create(zaak=zaak)
        ResultaatFactory.create(zaak=zaak)
    return Case(haarlem, membership, browser_of(vendor, membership), zaak, rol)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def statements(case: Case, path: str) -> int:
    """How many a page asks, once all that is kept is kept."""
    case.browser.get(path)
    with CaptureQueriesContext(connection) as asked:
        case.browser.get(path)
    return len(asked)
