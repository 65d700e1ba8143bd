"""Kim of Haarlem writes to the helpdesk, and Sam of the vendor reads what she wrote."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings as deployed
from django.core.mail import EmailMessage
from pytest_django import Settings

from helpdesk.models import Ticket
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.helpdesk.mail.letters import HELPDESK, REPLIES, make_ticket
from tests.people import House, member
from tests.tenants.accounts.conftest import at_haarlem, at_utrecht, forgotten, vendor  # noqa: F401  # fixtures

Letters = Callable[[], list[EmailMessage]]


@pytest.fixture(autouse=True)
def apart(settings: Settings, tmp_path: Path) -> Path:
    settings.HELPDESK_ADDRESS, settings.HELPDESK_REPLY_ADDRESS = HELPDESK, REPLIES
    settings.MEDIA_ROOT = str(tmp_path)
    storages = deepcopy(deployed.STORAGES)
    storages["mail"]["OPTIONS"]["location"] = str(tmp_path / ".mail")
    settings.STORAGES = storages
    return tmp_path


@pytest.fixture
def kim(at_haarlem: House) -> Membership:  # noqa: F811
    return member(at_haarlem, "catalogusbeheerder", "kim@haarlem.example")


@pytest.fixture
def sam(vendor: House) -> Membership:  # noqa: F811
    return member(vendor, "helpdesk", "sam@leverancier.example")


@pytest.fixture
def ticket(haarlem: Municipality) -> Ticket:
    return make_ticket(haarlem)


@pytest.fixture
def of_utrecht(utrecht: Municipality) -> Ticket:
    return make_ticket(utrecht, reporter_email="lia@utrecht.example", reporter_name="Lia")
