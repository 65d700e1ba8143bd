"""A caseworker application: registers a zaak at each municipality, handles it and closes it.

Runs in an environment of its own, with a public client library and nothing of ours. Standard input is
a JSON list of ``{"base_url", "client_id", "secret"}``; standard output what happened, as JSON.
"""

import json
import sys
import warnings

warnings.filterwarnings("ignore")

from zds_client import Client, ClientAuth, ClientError

CRS = {"headers": {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}}
DOCUMENT = "schema/openapi.yaml"
NAMES = {
    "list": "_list",
    "retrieve": "_retrieve",
    "create": "_create",
    "update": "_update",
    "partial_update": "_partial_update",
    "delete": "_destroy",
}
"""How the standard names operations; the library's own are those of an older one."""
AROUND = [[4.0, 51.5], [6.0, 51.5], [6.0, 53.0], [4.0, 53.0], [4.0, 51.5]]
RSIN = "517439943"


class Desk:
    """The application at one municipality."""

    def __init__(self, base_url, client_id, secret):
        auth = ClientAuth(client_id, secret, user_id="balie", user_representation="Balie")
        self.zaken = Client(f"{base_url}/zaken/api/v1/", DOCUMENT, auth, NAMES)
        self.catalogi = Client(f"{base_url}/catalogi/api/v1/", DOCUMENT, auth, NAMES)

    def type_of(self, resource, zaaktype, **wanted):
        found = self.catalogi.list(resource, params={"zaaktype": zaaktype})["results"]
        return next(each for each in found if wanted.items() <= each.items())["url"]

    def handle(self):
        """From zaaktype to closing; the zaak as it is in the end, and its trail."""
        zaaktype = self.zaaktype()
        zaak = self.register(zaaktype)
        self.take_part(zaak["url"], zaaktype["url"])
        self.set_status(zaak, zaaktype, 1, "2026-01-05T09:00:00Z")
        self.set_status(zaak, zaaktype, 2, "2026-01-06T09:00:00Z")
        resultaattype = self.type_of("resultaattype", zaaktype["url"], omschrijving="Verholpen")
        self.zaken.create("resultaat", {"zaak": zaak["url"], "resultaattype": resultaattype})
        self.set_status(zaak, zaaktype, 4, "2026-01-07T09:00:00Z")
        return self.look_back(zaak["url"])

    def zaaktype(self):
        named = {"identificatie": "MELDING-OPENBARE-RUIMTE"}
        (zaaktype,) = self.catalogi.list("zaaktype", params=named)["results"]
        return zaaktype

    def register(self, zaaktype):
        zaak = {
            "zaaktype": zaaktype["url"],
            "bronorganisatie": RSIN,
            "verantwoordelijkeOrganisatie": RSIN,
            "startdatum": "2026-01-05",
            "omschrijving": "Losse stoeptegel",
            "zaakgeometrie": {"type": "Point", "coordinates": [4.64, 52.38]},
        }
        return self.zaken.create("zaak", zaak, request_kwargs=CRS)

    def keep_up(self):
        """Another zaak, changed in each way that there is, and taken away again."""
        zaaktype = self.zaaktype()
        url = self.register(zaaktype)["url"]
        key = url.rsplit("/", 1)[1]
        zaak = self.zaken.retrieve("zaak", uuid=key, request_kwargs=CRS)
        more = {"omschrijving": "Twee losse stoeptegels"}
        changed = self.zaken.partial_update("zaak", more, url=url, request_kwargs=CRS)
        whole = {**changed, "toelichting": "Ook de stoeprand"}
        replaced = self.zaken.update("zaak", whole, uuid=key, request_kwargs=CRS)
        found = self.zaken.operation("zaak__zoek", {"uuid__in": [key]}, request_kwargs=CRS)
        self.take_part(url, zaaktype["url"])
        rollen = self.rollen(url)
        for rol in rollen:
            self.zaken.delete("rol", url=rol["url"])
        left = self.rollen(url)
        self.zaken.delete("zaak", url=url, request_kwargs=CRS)
        return {
            "retrieved": zaak["omschrijving"],
            "changed": changed["omschrijving"],
            "replaced": [replaced["omschrijving"], replaced["toelichting"]],
            "found": found["count"],
            "rollen": [len(rollen), len(left)],
            "gone": refusal(self.zaken.retrieve, "zaak", uuid=key, request_kwargs=CRS),
        }

    def rollen(self, zaak):
        return self.zaken.list("rol", params={"zaak": zaak})["results"]

    def take_part(self, zaak, zaaktype):
        people = {
            "initiator": ("natuurlijk_persoon", {"inpBsn": "999993653", "geslachtsnaam": "Moulin"}),
            "behandelaar": ("medewerker", {"identificatie": "m-12", "achternaam": "Visser"}),
        }
        for generiek, (kind, who) in people.items():
            rol = {
                "zaak": zaak,
                "roltype": self.type_of("roltype", zaaktype, omschrijvingGeneriek=generiek),
                "betrokkeneType": kind,
                "roltoelichting": generiek,
                "betrokkeneIdentificatie": who,
            }
            self.zaken.create("rol", rol)

    def set_status(self, zaak, zaaktype, volgnummer, moment):
        statustype = self.type_of("statustype", zaaktype["url"], volgnummer=volgnummer)
        status = {"zaak": zaak["url"], "statustype": statustype, "datumStatusGezet": moment}
        self.zaken.create("status", status)

    def look_back(self, url):
        expand = {"expand": "status.statustype,rollen,resultaat.resultaattype"}
        zaak = self.zaken.request(url, "zaak_retrieve", params=expand, **CRS)
        search = {"zaakgeometrie": {"within": {"type": "Polygon", "coordinates": [AROUND]}}}
        found = self.zaken.request("zaken/_zoek", "zaak__zoek", "POST", json=search, **CRS)
        trail = self.zaken.request(f"{url}/audittrail", "audittrail_list")
        return {
            "zaak": zaak,
            "listed": [each["url"] for each in self.zaken.list("zaak", request_kwargs=CRS)["results"]],
            "found": [each["url"] for each in found["results"]],
            "trail": [[line["resource"], line["actie"]] for line in trail],
        }

    def peek(self, zaak):
        """What the neighbour's zaak is here: asked by its key, and named in a body."""
        key = zaak["url"].rsplit("/", 1)[1]
        return [
            refusal(self.zaken.request, f"zaken/{key}", "zaak_retrieve", **CRS),
            refusal(self.zaken.request, f"zaken/{key}/audittrail", "audittrail_list"),
            refusal(self.zaken.create, "zaak", neighbourly(zaak), request_kwargs=CRS),
        ]


def neighbourly(zaak):
    names = ("zaaktype", "bronorganisatie", "verantwoordelijkeOrganisatie", "startdatum")
    return {**{name: zaak[name] for name in names}, "hoofdzaak": zaak["url"]}


def refusal(call, *args, **options):
    try:
        call(*args, **options)
    except ClientError as error:
        return error.args[0]["status"]
    return None


def main():
    desks = [Desk(**each) for each in json.load(sys.stdin)]
    handled = [desk.handle() for desk in desks]
    peeked = [desk.peek(other["zaak"]) for desk, other in zip(desks, reversed(handled), strict=True)]
    kept = [desk.keep_up() for desk in desks]
    json.dump({"handled": handled, "peeked": peeked, "kept": kept}, sys.stdout)


if __name__ == "__main__":
    main()
