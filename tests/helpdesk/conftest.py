"""The people of both sides are those of `tests.tenants.accounts`; files go where nobody else's are."""

from pathlib import Path

import pytest
from pytest_django import Settings

from helpdesk.models import Ticket
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.helpdesk.mail.letters import make_ticket
from tests.people import House, member
from tests.tenants.accounts.conftest import at_haarlem, at_utrecht, forgotten, vendor  # noqa: F401  # fixtures


@pytest.fixture(autouse=True)
def files_apart(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def kim(at_haarlem: House) -> Membership:  # noqa: F811
    """Who reports."""
    return member(at_haarlem, "catalogusbeheerder", "kim@haarlem.example")


@pytest.fixture
def sam(vendor: House) -> Membership:  # noqa: F811
    """Who takes reports up."""
    return member(vendor, "helpdesk", "sam@leverancier.example")


@pytest.fixture
def ticket(haarlem: Municipality) -> Ticket:
    """Of Kim."""
    return make_ticket(haarlem)


@pytest.fixture
def of_utrecht(utrecht: Municipality) -> Ticket:
    return make_ticket(utrecht, reporter_email="lia@utrecht.example", reporter_name="Lia")
