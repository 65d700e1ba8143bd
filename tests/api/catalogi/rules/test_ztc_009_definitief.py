"""ztc-009: a published type does not change any more."""

from api.catalogi.models import Zaaktype
from tests.api.catalogi.rules.conftest import url
from tests.api.client import ApiClient
from tests.api.refusals import violations

REFUSED = [("nonFieldErrors", "non-concept-object")]


def test_a_concept_changes(writer: ApiClient, concept: Zaaktype) -> None:
    assert writer.patch(url(concept), {"toelichting": "x"}).status_code == 200


def test_a_published_type_does_not(writer: ApiClient, published: Zaaktype) -> None:
    assert violations(writer.patch(url(published), {"toelichting": "x"})) == REFUSED
    assert violations(writer.delete(url(published))) == REFUSED
    assert writer.get(url(published)).json()["toelichting"] == ""


def test_it_may_be_given_an_end(writer: ApiClient, published: Zaaktype) -> None:
    answer = writer.patch(url(published), {"eindeGeldigheid": "2030-01-01"})
    assert answer.json()["eindeGeldigheid"] == "2030-01-01"


def test_force_corrects_it(haarlem_api: ApiClient, published: Zaaktype) -> None:
    assert haarlem_api.patch(url(published), {"toelichting": "x"}).status_code == 200
    assert haarlem_api.delete(url(published)).status_code == 204
