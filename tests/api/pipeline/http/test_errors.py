"""Refusals of the framework in the form of the standard."""

from __future__ import annotations

from tests.api.client import ApiClient

CATALOGUSSEN = "/catalogi/api/v1/catalogussen"


def test_a_method_that_is_not_there(haarlem_api: ApiClient) -> None:
    answer = haarlem_api.delete(CATALOGUSSEN)
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.json()["title"] == "Methode niet toegestaan."
    assert "DELETE" in answer.json()["detail"]


def test_a_form_that_is_not_read(haarlem_api: ApiClient) -> None:
    answer = haarlem_api.post(CATALOGUSSEN, {}, Content_Type="text/csv")
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
    assert answer.json()["title"] == "Dit mediatype wordt niet ondersteund."
