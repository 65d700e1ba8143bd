"""ac-002: all rights, or the listed ones."""

from tests.api.autorisaties.conftest import APPLICATIES, applicatie
from tests.api.client import ApiClient
from tests.api.refusals import violations


def test_both_is_ambiguous(haarlem_api: ApiClient) -> None:
    answer = haarlem_api.post(APPLICATIES, applicatie(heeftAlleAutorisaties=True))
    assert violations(answer) == [("nonFieldErrors", "ambiguous-authorizations-specified")]


def test_neither_is_missing(haarlem_api: ApiClient) -> None:
    answer = haarlem_api.post(APPLICATIES, applicatie(autorisaties=[]))
    assert violations(answer) == [("nonFieldErrors", "missing-authorizations")]


def test_a_patch_is_judged_on_what_it_makes(haarlem_api: ApiClient) -> None:
    url = haarlem_api.post(APPLICATIES, applicatie()).json()["url"]
    answer = haarlem_api.patch(url, {"heeftAlleAutorisaties": True})
    assert violations(answer) == [("nonFieldErrors", "ambiguous-authorizations-specified")]
    assert haarlem_api.patch(url, {"heeftAlleAutorisaties": True, "autorisaties": []}).status_code == 200
