"""Refusals of the framework in the form of the standard."""

from __future__ import annotations

import json

from api.pipeline.http.errors import MOST_SHOWN, answer_to
from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation
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


def told(number: int) -> list[dict[str, str]]:
    answer = answer_to(Invalid(Violation(f"objecten.{n}", "invalid", "Nee.") for n in range(number)))
    assert answer is not None
    params: list[dict[str, str]] = json.loads(answer.content)["invalidParams"]
    return params


def test_a_hundred_violations_are_told_one_by_one() -> None:
    assert [each["name"] for each in told(MOST_SHOWN)] == [f"objecten.{n}" for n in range(100)]


def test_of_more_the_rest_is_counted() -> None:
    assert len(told(MOST_SHOWN + 1)) == 101
    assert told(20_000)[100] == {
        "name": "nonFieldErrors",
        "code": "and-more",
        "reason": "En nog 19900 andere.",
    }
