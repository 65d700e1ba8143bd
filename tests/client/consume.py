"""A portal: shows zaaktypen, takes in requests, and lists what it took in, page by page.

Runs in an environment of its own, with zgw-consumers and its Django models, as form servers and portals
use them. Standard input is a JSON list of ``{"base_url", "client_id", "secret"}``; standard output what
happened, as JSON.
"""

import json
import sys
from datetime import date

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["privates", "simple_certmanager", "solo", "zgw_consumers"],
    MIGRATION_MODULES={"simple_certmanager": None, "zgw_consumers": None},
    SENDFILE_BACKEND="django_sendfile.backends.simple",
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command
from zgw_consumers.api_models.base import factory
from zgw_consumers.api_models.catalogi import (
    Catalogus,
    InformatieObjectType,
    ResultaatType,
    RolType,
    StatusType,
    ZaakType,
)
from zgw_consumers.api_models.zaken import Rol, Status, Zaak
from zgw_consumers.client import build_client
from zgw_consumers.constants import APITypes, AuthTypes
from zgw_consumers.models import Service
from zgw_consumers.nlx import NLXClient
from zgw_consumers.service import pagination_helper

RSIN = "517439943"
TAKEN_IN = 5


class ZakenClient(NLXClient):
    """Names the coordinates of every request and answer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.headers.update({"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"})


class Portal:
    """The portal at one municipality."""

    def __init__(self, base_url, client_id, secret):
        account = {"client_id": client_id, "secret": secret, "auth_type": AuthTypes.zgw}
        for kind, api in ((APITypes.zrc, "zaken"), (APITypes.ztc, "catalogi")):
            root = f"{base_url}/{api}/api/v1/"
            Service.objects.create(slug=root, label=api, api_type=kind, api_root=root, **account)
        self.zaken = build_client(Service.get_service(f"{base_url}/zaken/api/v1/zaken"), ZakenClient)
        self.catalogi = build_client(Service.get_service(f"{base_url}/catalogi/api/v1/zaaktypen"))

    def serve(self):
        (zaaktype,) = self.everything(ZaakType, "zaaktypen", identificatie="WOO-VERZOEK")
        zaken = [self.take_in(zaaktype, number) for number in range(TAKEN_IN)]
        rol = self.sign(zaken[0], zaaktype)
        status = self.receive(zaken[0], zaaktype)
        return {
            "zaaktypen": [each.identificatie for each in self.everything(ZaakType, "zaaktypen")],
            "types": self.types(zaaktype),
            "zaken": [zaak.url for zaak in zaken],
            "listed": [zaak.url for zaak in self.listed(zaaktype)],
            "startdatum": zaken[0].startdatum.isoformat(),
            "by_url": self.by_url(zaken[0]),
            "rol": [rol.omschrijving_generiek, rol.betrokkene_identificatie["inp_bsn"]],
            "status": status.datum_status_gezet.isoformat(),
            "connection": Service.get_service(zaken[0].url).connection_check,
            "refused": self.refusals(zaaktype),
        }

    def everything(self, model, path, **params):
        """All pages of a list, as the library's own dataclasses."""
        answer = self.catalogi.get(path, params={"pageSize": 2, **params})
        answer.raise_for_status()
        return factory(model, list(pagination_helper(self.catalogi, answer.json())))

    def types(self, zaaktype):
        """How many there are of each kind: all are read into what the library has for them."""
        of_zaaktype = {"zaaktype": zaaktype.url}
        return {
            "catalogussen": len(self.everything(Catalogus, "catalogussen")),
            "statustypen": len(self.everything(StatusType, "statustypen", **of_zaaktype)),
            "resultaattypen": len(self.everything(ResultaatType, "resultaattypen", **of_zaaktype)),
            "roltypen": len(self.everything(RolType, "roltypen", **of_zaaktype)),
            "informatieobjecttypen": len(
                self.everything(InformatieObjectType, "informatieobjecttypen", catalogus=zaaktype.catalogus)
            ),
        }

    def take_in(self, zaaktype, number):
        body = {
            "zaaktype": zaaktype.url,
            "bronorganisatie": RSIN,
            "verantwoordelijkeOrganisatie": RSIN,
            "startdatum": date(2026, 1, 5).isoformat(),
            "omschrijving": f"Verzoek {number}",
            "betalingsindicatie": "nvt",
            "productenOfDiensten": [],
            "toelichting": "",
        }
        return factory(Zaak, self.created("zaken", body))

    def sign(self, zaak, zaaktype):
        (roltype,) = self.everything(
            RolType, "roltypen", zaaktype=zaaktype.url, omschrijvingGeneriek="initiator"
        )
        body = {
            "zaak": zaak.url,
            "roltype": roltype.url,
            "betrokkeneType": "natuurlijk_persoon",
            "roltoelichting": "Verzoeker",
            "indicatieMachtiging": "",
            "betrokkeneIdentificatie": {"inpBsn": "111222333"},
        }
        return factory(Rol, self.created("rollen", body))

    def receive(self, zaak, zaaktype):
        statustypen = self.everything(StatusType, "statustypen", zaaktype=zaaktype.url)
        first = min(statustypen, key=lambda statustype: statustype.volgnummer)
        body = {"zaak": zaak.url, "statustype": first.url, "datumStatusGezet": "2026-01-05T10:00:00+01:00"}
        return factory(Status, self.created("statussen", body))

    def created(self, path, body):
        answer = self.zaken.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    def listed(self, zaaktype):
        """Over several pages: each next one is followed as it stands in the answer."""
        params = {"zaaktype": zaaktype.url, "ordering": "identificatie", "pageSize": 2}
        answer = self.zaken.get("zaken", params=params)
        answer.raise_for_status()
        return factory(Zaak, list(pagination_helper(self.zaken, answer.json())))

    def by_url(self, zaak):
        expand = {"expand": "zaaktype,status,status.statustype,rollen"}
        answer = self.zaken.get(zaak.url, params=expand)
        answer.raise_for_status()
        expanded = answer.json()["_expand"]
        status = factory(Status, expanded["status"])
        return {
            "zaaktype": factory(ZaakType, expanded["zaaktype"]).identificatie,
            "statustype": factory(StatusType, expanded["status"]["_expand"]["statustype"]).volgnummer,
            "zaak": status.zaak,
            "rollen": len(factory(Rol, expanded["rollen"])),
        }

    def refusals(self, zaaktype):
        absent = self.zaken.get("zaken/6f0b2f4e-0000-4000-8000-000000000000")
        invalid = self.zaken.post("zaken", json={"zaaktype": zaaktype.url})
        first = invalid.json()["invalidParams"][0]
        return [absent.status_code, invalid.status_code, first["name"], first["code"]]


def main():
    call_command("migrate", run_syncdb=True, verbosity=0)
    portals = [Portal(**each) for each in json.load(sys.stdin)]
    json.dump([portal.serve() for portal in portals], sys.stdout)


if __name__ == "__main__":
    main()
