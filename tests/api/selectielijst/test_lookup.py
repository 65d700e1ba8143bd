"""What a URL of the selectielijst stands for, whoever serves it."""

from __future__ import annotations

import pytest

from api.pipeline.validate.outgoing import BadUrl, InvalidResource
from api.selectielijst.lookup import Kind, find
from tenants.registry.models import Municipality

INRICHTEN = "e1b73b12-b2f6-4c4e-8929-94f84dd2a57d"
INGERICHT = "cc5ae4e3-a9e6-4386-bcee-46be4986a829"
UNKNOWN = "00000000-0000-4000-8000-000000000000"

OPENZAAK = "https://selectielijst.openzaak.nl/api/v1"
VNG = "https://referentielijsten-api.vng.cloud/api/v1"
OURS = "zaakplein:/selectielijst/api/v1"


@pytest.mark.parametrize(
    "root",
    [
        OPENZAAK,
        OPENZAAK.replace("https", "http"),
        VNG,
        OURS,
        "http://haarlem.localhost/selectielijst/api/v1",
        "https://127.0.0.2/selectielijst/api/v1",
    ],
)
def test_a_procestype_is_one_whoever_names_it(in_haarlem: Municipality, root: str) -> None:
    found = find(Kind.PROCESTYPE, f"{root}/procestypen/{INRICHTEN}", in_haarlem)

    assert found["url"] == f"{OURS}/procestypen/{INRICHTEN}"
    assert found["naam"] == "Instellen en inrichten organisatie"


def test_a_resultaat_tells_its_procestype_in_the_same_form(in_haarlem: Municipality) -> None:
    resultaat = find(Kind.RESULTAAT, f"{VNG}/resultaten/{INGERICHT}", in_haarlem)
    procestype = find(Kind.PROCESTYPE, f"{OPENZAAK}/procestypen/{INRICHTEN.upper()}", in_haarlem)

    assert resultaat["procesType"] == procestype["url"]
    assert (resultaat["procestermijn"], resultaat["bewaartermijn"]) == ("nihil", "P10Y")


@pytest.mark.parametrize(
    "url",
    [
        f"{OPENZAAK}/procestypen/{UNKNOWN}",
        f"{OPENZAAK}/procestypen/{INRICHTEN}/",
        f"{OPENZAAK}/procestypen/{INRICHTEN}?x=1",
        f"{OPENZAAK}/procestypen/{INRICHTEN}#x",
        f"{OPENZAAK}/procestypen",
        f"https://selectielijst.openzaak.nl/procestypen/{INRICHTEN}",
        f"http://haarlem.localhost/procestypen/{INRICHTEN}",
        "http://haarlem.localhost/",
        "zaakplein:/",
        "geen url",
        "http://[::1",
        "",
    ],
)
def test_what_is_not_there_is_a_bad_url(in_haarlem: Municipality, url: str) -> None:
    with pytest.raises(BadUrl):
        find(Kind.PROCESTYPE, url, in_haarlem)


@pytest.mark.parametrize(
    "url",
    [
        f"{OPENZAAK}/procestypen/{INRICHTEN}",
        f"{OURS}/procestypen/{INRICHTEN}",
        f"http://haarlem.localhost/catalogi/api/v1/zaaktypen/{UNKNOWN}",
    ],
)
def test_a_url_of_another_kind_is_an_invalid_resource(in_haarlem: Municipality, url: str) -> None:
    with pytest.raises(InvalidResource):
        find(Kind.RESULTAAT, url, in_haarlem)


def test_a_host_of_the_neighbour_is_not_ours(in_haarlem: Municipality) -> None:
    with pytest.raises(BadUrl):
        find(
            Kind.PROCESTYPE,
            f"http://utrecht.localhost/selectielijst/api/v1/procestypen/{INRICHTEN}",
            in_haarlem,
        )
