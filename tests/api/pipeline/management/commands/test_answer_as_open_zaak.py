from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from backoffice.models import LogLine
from tenants.registry.models import Municipality
from tests.api.client import ApiClient


def answer(*arguments: str, municipality: str = "haarlem") -> str:
    said = StringIO()
    call_command("answer_as_open_zaak", *arguments, municipality=municipality, stdout=said)
    return said.getvalue().strip()


def test_it_answers_by_the_letter_for_that_municipality_alone(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    assert answer("--not") == "Haarlem now answers as the standard says."

    haarlem.refresh_from_db()
    utrecht.refresh_from_db()
    assert (haarlem.open_zaak_compatibility, utrecht.open_zaak_compatibility) == (False, True)


def test_it_answers_as_open_zaak_again(haarlem: Municipality) -> None:
    answer("--not")

    assert answer() == "Haarlem now answers as Open Zaak."
    haarlem.refresh_from_db()
    assert haarlem.open_zaak_compatibility


def test_what_stands_already_is_not_told_again(haarlem: Municipality) -> None:
    answer("--not")
    answer("--not")

    assert LogLine.objects.filter(action="standaard gevolgd").count() == 1


def test_the_next_request_is_answered_so(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    zaaktypen = "/catalogi/api/v1/zaaktypen"
    with_empty_member = {"identificatie": ""}
    assert "identificatie" not in refused(haarlem_api, zaaktypen, with_empty_member)

    answer("--not")

    assert "identificatie" in refused(haarlem_api, zaaktypen, with_empty_member)


def refused(api: ApiClient, path: str, body: dict[str, str]) -> set[str]:
    return {each["name"] for each in api.post(path, body).json()["invalidParams"]}


def test_an_unknown_municipality_is_an_error(db: None) -> None:
    with pytest.raises(CommandError):
        answer(municipality="nergens")
