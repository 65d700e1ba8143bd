"""The people of both sides are those of `tests.tenants.accounts`."""

from tests.tenants.accounts.conftest import at_haarlem, at_utrecht, forgotten, vendor  # noqa: F401  # fixtures
