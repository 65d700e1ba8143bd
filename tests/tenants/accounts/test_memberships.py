from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tenants.accounts.log import NotInTransaction, note
from tenants.accounts.memberships import (
    Grant,
    MembershipRefused,
    change_membership,
    check_grant,
    end_membership,
)
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.accounts.side import current_side
from tenants.registry.connection import connection
from tenants.registry.models import Municipality
from tests.handover.moves import other_vendor
from tests.people import (
    Browser,
    House,
    browser_of,
    member,
    partner_organisation,
    vendor_organisation,
)


def person(membership: Membership) -> Person:
    found = person_of(membership.user)
    assert found is not None
    return found


def grant(membership: Membership, role: str, **more: Any) -> Grant:
    return Grant(role, membership.organisation_id, **more)


def lines(house: House) -> list[tuple[str, str, str]]:
    with house.entered():
        model = person_side_log()
        return [(each.person, each.action, each.subject) for each in model.objects.order_by("pk")]


def person_side_log() -> Any:
    return current_side().log_model


def test_a_role_is_changed_by_another_row_and_logged(house: House, highest: str, lowest: str) -> None:
    boss, colleague = member(house, highest), member(house, lowest)
    with house.entered():
        change_membership(colleague, grant(colleague, highest), person=person(boss))

        held = Membership.objects.filter(user=colleague.user).order_by("pk")
        assert [(each.role, each.ended_at is None) for each in held] == [(lowest, False), (highest, True)]
    assert lines(house)[-1] == (boss.user.email, "rol gewijzigd", colleague.user.email)


def test_nobody_changes_his_own_role(house: House, highest: str, lowest: str) -> None:
    boss = member(house, highest)
    member(house, highest, "tweede@x.example")
    with house.entered(), pytest.raises(MembershipRefused, match="eigen rol"):
        change_membership(boss, grant(boss, lowest), person=person(boss))


def test_nobody_gives_more_than_he_has(house: House, highest: str, lowest: str) -> None:
    low, other = member(house, lowest), member(house, lowest, "ander@x.example")
    with house.entered(), pytest.raises(MembershipRefused, match="niet alles"):
        change_membership(other, grant(other, highest), person=person(low))


def test_nobody_touches_who_may_more(house: House, highest: str, lowest: str) -> None:
    boss, low = member(house, highest), member(house, lowest)
    with house.entered(), pytest.raises(MembershipRefused, match="meer mag"):
        end_membership(boss, person=person(low))


def test_the_last_of_the_highest_role_stays(house: House, highest: str, lowest: str) -> None:
    boss = member(house, highest)
    with house.entered():
        with pytest.raises(MembershipRefused, match="laatste"):
            end_membership(boss, person=None)
        with pytest.raises(MembershipRefused, match="laatste"):
            change_membership(boss, grant(boss, lowest), person=None)
        tomorrow = timezone.localdate() + timedelta(days=1)
        with pytest.raises(MembershipRefused, match="laatste"):
            change_membership(boss, grant(boss, highest, until=tomorrow), person=None)

        assert Membership.objects.filter(ended_at__isnull=True).count() == 1


def test_who_is_seen_to_have_left_by_tomorrow_does_not_count(house: House, highest: str) -> None:
    boss = member(house, highest)
    second = member(house, highest, "tweede@x.example")
    with house.entered():
        Membership.objects.filter(pk=second.pk).update(until=timezone.localdate() + timedelta(days=1))
        with pytest.raises(MembershipRefused, match="laatste"):
            end_membership(boss, person=None)


def test_a_change_of_what_changed_meanwhile_is_refused(house: House, highest: str, lowest: str) -> None:
    boss, colleague = member(house, highest), member(house, lowest)
    with house.entered():
        change_membership(colleague, grant(colleague, highest), person=person(boss))
        with pytest.raises(MembershipRefused, match="intussen"):
            change_membership(colleague, grant(colleague, lowest), person=person(boss))


def test_ending_a_role_ends_the_sessions(
    house: House, highest: str, lowest: str, django_capture_on_commit_callbacks: Any
) -> None:
    colleague = member(house, lowest)
    browser = browser_of(house, colleague)
    assert browser.get("/medewerkers/").status_code == 200
    with house.entered(), django_capture_on_commit_callbacks(execute=True):
        end_membership(colleague, person=person(member(house, highest)))

    assert browser.get("/medewerkers/").status_code == 403


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, False), (1, True)])
def test_a_role_holds_until_its_last_day(house: House, lowest: str, days: int, *, holds: bool) -> None:
    membership = member(house, lowest)
    today = timezone.localdate()
    with house.entered():
        Membership.objects.filter(pk=membership.pk).update(
            starts=today - timedelta(days=2), until=today + timedelta(days=days)
        )
        assert (person_of(membership.user) is not None) is holds


@pytest.mark.parametrize(("days", "holds"), [(0, True), (1, False)])
def test_a_role_holds_from_its_first_day(house: House, lowest: str, days: int, *, holds: bool) -> None:
    membership = member(house, lowest)
    with house.entered():
        Membership.objects.filter(pk=membership.pk).update(starts=timezone.localdate() + timedelta(days=days))
        assert (person_of(membership.user) is not None) is holds


def test_a_person_sees_the_municipalities_of_his_limits(vendor: House, utrecht: Municipality) -> None:
    limited = member(vendor, "operatie", municipalities=("utrecht",))
    with vendor.entered():
        seen = Municipality.objects.visible_to(person(limited))
        assert [each.schema_name for each in seen] == ["utrecht"]


def test_a_partner_sees_the_municipalities_that_it_serves(
    vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    theirs = member(vendor, "operatie", "p@partner.example", organisation=partner)
    with vendor.entered():
        seen = Municipality.objects.visible_to(person(theirs))
        assert [each.schema_name for each in seen] == ["haarlem"]


def test_a_partner_sees_and_touches_none_of_the_vendors_people(vendor: House) -> None:
    partner = partner_organisation()
    ours = member(vendor, "helpdesk")
    member(vendor, "eigenaar")
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner)
    browser = browser_of(vendor, theirs)

    assert ours.user.email not in browser.get("/medewerkers/").content.decode()
    assert browser.get(f"/medewerkers/rol/{ours.pk}/wijzigen/").status_code == 404
    assert (
        browser.post(f"/medewerkers/rol/{ours.pk}/beeindigen/", {"typed": ours.user.email}).status_code == 404
    )


def test_a_partner_gives_no_role_at_the_vendor(vendor: House) -> None:
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner_organisation())

    response = browser_of(vendor, theirs).post(
        "/medewerkers/uitnodigen/",
        {"email": "x@y.example", "role": "helpdesk", "organisation": vendor_organisation().pk},
    )

    assert response.status_code == 422


def test_who_sees_one_municipality_gives_no_wider_view(vendor: House, utrecht: Municipality) -> None:
    member(vendor, "eigenaar")
    limited = member(vendor, "eigenaar", "l@x.example", municipalities=("utrecht",))
    other = member(vendor, "helpdesk")
    with vendor.entered():
        with pytest.raises(MembershipRefused, match="niet alle gemeenten"):
            change_membership(other, grant(other, "helpdesk"), person=person(limited))
        with pytest.raises(MembershipRefused, match="niet al deze"):
            change_membership(
                other, grant(other, "helpdesk", municipalities=("haarlem",)), person=person(limited)
            )


def test_people_of_haarlem_are_not_there_in_utrecht(at_haarlem: House, at_utrecht: House) -> None:
    theirs = member(at_haarlem, "lezer")
    browser = browser_of(at_utrecht, member(at_utrecht, "beheerder"))

    assert theirs.user.email not in browser.get("/medewerkers/").content.decode()
    assert browser.get(f"/medewerkers/rol/{theirs.pk + 1000}/wijzigen/").status_code == 404


def test_a_colleague_is_changed_on_the_page(house: House, highest: str, lowest: str) -> None:
    boss, colleague = member(house, highest), member(house, lowest)
    data = {"role": highest, "organisation": colleague.organisation_id or ""}

    response = browser_of(house, boss).post(f"/medewerkers/rol/{colleague.pk}/wijzigen/", data)

    assert response.status_code == 303
    with house.entered():
        assert person(colleague).role == highest


def test_ending_asks_for_the_address_to_be_typed(house: House, highest: str, lowest: str) -> None:
    boss, colleague = member(house, highest), member(house, lowest)
    browser = browser_of(house, boss)
    path = f"/medewerkers/rol/{colleague.pk}/beeindigen/"

    assert browser.post(path, {"typed": "iets anders"}).status_code == 422
    assert browser.post(path, {"typed": colleague.user.email}).status_code == 303
    assert browser.post(path, {"typed": colleague.user.email}).status_code == 409


def test_a_role_is_given_only_by_who_showed_again_who_he_is(house: House, highest: str) -> None:
    browser = Browser(house).sign_in(member(house, highest).user)

    assert "/reauthenticate/" in browser.get("/medewerkers/uitnodigen/")["Location"]


def test_a_name_is_text(house: House, highest: str) -> None:
    boss = member(house, highest)
    with house.entered():
        boss.user.name = "<script>alert(1)</script>"
        boss.user.save()

    assert "<script>alert" not in browser_of(house, boss).get("/medewerkers/").content.decode()


@pytest.mark.parametrize("statement", ["UPDATE {} SET person = 'x'", "DELETE FROM {}"])
def test_a_line_of_the_log_stays_as_it_is(house: House, lowest: str, statement: str) -> None:
    member(house, lowest)
    with house.entered(), transaction.atomic(), connection.cursor() as cursor:
        table = person_side_log()._meta.db_table
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute(statement.format(table))
        transaction.set_rollback(True)


def test_a_refused_change_logs_nothing(house: House, highest: str, lowest: str) -> None:
    boss = member(house, highest)
    before = lines(house)
    with house.entered(), pytest.raises(MembershipRefused):
        change_membership(boss, grant(boss, lowest), person=None)

    assert lines(house) == before


def test_a_line_stands_or_falls_with_its_change(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenants.accounts.log.connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(NotInTransaction):
        note(person=None, area="medewerkers", action="x", subject="y")


def test_a_partner_that_serves_another_vendor_too_manages_its_own_people(
    vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk__in=[haarlem.pk, utrecht.pk]).update(implementation_partner=partner)
    owner = member(vendor, "eigenaar")
    theirs = member(vendor, "helpdesk", "p@partner.example", organisation=partner, municipalities=())
    unlimited = grant(theirs, "helpdesk")
    with vendor.entered():
        check_grant(unlimited, person=person(owner))
        Municipality.objects.filter(pk=utrecht.pk).update(vendor=other_vendor())
        with pytest.raises(MembershipRefused, match="andere organisatie"):
            change_membership(theirs, unlimited, person=person(owner))
        with pytest.raises(MembershipRefused):
            end_membership(theirs, person=person(owner))
