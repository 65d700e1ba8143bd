from __future__ import annotations

import pytest
from django.db import IntegrityError

from tenants.accounts.models import User
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality


def test_a_user_logs_in_by_email_and_password(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        User.objects.create_user("balie@haarlem.example", "geheim-van-haarlem")

        user = User.objects.get_by_natural_key("Balie@Haarlem.example")

    assert user.check_password("geheim-van-haarlem")


def test_without_a_password_no_password_fits(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        user = User.objects.create_user("balie@haarlem.example")

    assert not user.has_usable_password()


def test_an_email_address_is_one_user_whatever_its_case(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        User.objects.create_user("balie@haarlem.example")

    with pytest.raises(IntegrityError), in_municipality(haarlem):
        User.objects.create_user("BALIE@haarlem.example")


def test_the_same_person_may_work_at_two_municipalities(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(haarlem):
        User.objects.create_user("balie@regio.example")
    with in_municipality(utrecht):
        User.objects.create_user("balie@regio.example")
