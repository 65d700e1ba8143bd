from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tenants.registry.models import Domain, Municipality, Organisation


@pytest.mark.parametrize(("field", "value"), [("rsin", "123456783"), ("oin", "00000001123456783000")])
def test_a_number_that_fails_the_eleven_test_is_refused(
    haarlem: Municipality, field: str, value: str
) -> None:
    setattr(haarlem, field, value)

    with pytest.raises(ValidationError, match="elfproef"):
        haarlem.full_clean()


def test_a_cbs_code_has_four_digits(haarlem: Municipality) -> None:
    with pytest.raises(IntegrityError):
        Municipality.objects.filter(pk=haarlem.pk).update(cbs_code="392")


def test_a_schema_name_is_guarded_by_the_database(haarlem: Municipality) -> None:
    with pytest.raises(IntegrityError):
        Municipality.objects.filter(pk=haarlem.pk).update(schema_name="public")


def test_a_municipality_has_one_primary_domain(haarlem: Municipality) -> None:
    with pytest.raises(IntegrityError):
        Domain.objects.filter(tenant=haarlem).update(is_primary=True)


def test_a_domain_is_lower_case(haarlem: Municipality) -> None:
    with pytest.raises(IntegrityError):
        Domain.objects.create(domain="Haarlem.nl", tenant=haarlem, is_primary=False)


def test_an_organisation_is_known_once(db: None) -> None:
    Organisation.objects.create(kind=Organisation.Kind.IMPLEMENTATION_PARTNER, name="Bouwplaats")

    with pytest.raises(IntegrityError):
        Organisation.objects.create(kind=Organisation.Kind.VENDOR, name="bouwplaats")
