"""Municipalities: which there are, how they are, and having one more brought aboard."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid, NotFound, TooMany
from api.pipeline.words.violations import OBJECT, Violation
from backoffice.bringing import ask_for, name_of
from backoffice.fleet import Fleet, fleet, province_of, same_gemeente
from backoffice.forms.wizard import MOST_HOSTS, GemeenteForm
from tenants.accounts.rights import Level
from tenants.jobs.models import Job
from tenants.onboarding.asking import KIND, LONGEST_NAME, Catalogue, Request, RequestRefused
from tenants.registry.models import Domain, Municipality
from vendor_api.http.answers import answer, object_answer
from vendor_api.http.camel import Camel
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.refusals import NotOfTheVendor
from vendor_api.http.viewset import Resource
from vendor_api.resources.jobs import JobMembers, job_members, location_of

AREA = "gemeenten"
MOST_OPEN = 20
"""Of what is being set up, or failed and waits: a program never fills the workers by itself."""
MEMBERS = {"naam": "naam", "cbs_code": "cbsCode", "environment": "environment", "hosts": "hosts"}
"""What the form and the request call what a caller gave."""


class MunicipalityMembers(Camel):
    id = serializers.IntegerField()
    schema = serializers.CharField(source="schema_name", help_text="Haar naam in de database.")
    naam = serializers.CharField()
    cbs_code = serializers.CharField(
        allow_null=True, help_text="Leeg voor een samenwerkingsverband, dat geen code heeft."
    )
    rsin = serializers.CharField(help_text="Leeg zolang het niet bekend is.")
    oin = serializers.CharField(help_text="Leeg zolang het niet bekend is.")
    inwoners = serializers.IntegerField(allow_null=True)
    provincie = serializers.CharField(source="province", help_text="Leeg voor een samenwerkingsverband.")
    environment = serializers.ChoiceField(choices=Municipality.Environment.values)
    status = serializers.ChoiceField(choices=Municipality.Status.values)
    host = serializers.CharField(allow_null=True, help_text="Haar hoofdadres.")
    vendor = serializers.CharField(source="vendor.name")
    implementation_partner = serializers.CharField(source="partner", allow_null=True)
    is_silent = serializers.BooleanField(help_text="Zij geeft al minuten geen teken van leven.")
    has_failed_job = serializers.BooleanField(source="has_failed")
    is_stuck = serializers.BooleanField(help_text="Haar inrichting ligt stil.")


class DomainMembers(Camel):
    id = serializers.IntegerField()
    domain = serializers.CharField(help_text="Zonder poort.")
    is_primary = serializers.BooleanField(help_text="Verwijzingen in de API's noemen dit adres.")


class MunicipalityParameters(ListParameters):
    naam = serializers.CharField(required=False, max_length=200, help_text="Een deel van de naam.")
    cbs_code = serializers.CharField(required=False, max_length=4)
    environment = serializers.ChoiceField(required=False, choices=Municipality.Environment.values)
    status = serializers.ChoiceField(required=False, choices=Municipality.Status.values)


class NewMunicipality(Camel):
    cbs_code = serializers.RegexField(
        r"^[0-9]{4}$",
        required=False,
        help_text="Van een gemeente, zoals het CBS haar kent. Geef deze of een naam, niet allebei.",
    )
    naam = serializers.CharField(
        required=False,
        max_length=LONGEST_NAME,
        help_text="Van een samenwerkingsverband, dat geen code heeft.",
    )
    environment = serializers.ChoiceField(choices=Municipality.Environment.values)
    hosts = serializers.ListField(
        child=serializers.CharField(max_length=253),
        min_length=1,
        max_length=MOST_HOSTS,
        help_text="Zonder poort; de eerste is het hoofdadres.",
    )
    catalogue = serializers.ChoiceField(
        choices=[Catalogue.NONE.value, Catalogue.DEMO.value],
        default=Catalogue.NONE.value,
        help_text="Waarmee de catalogus begint.",
    )


class Municipalities(Resource):
    rights = {
        "list": (AREA, Level.SEE),
        "retrieve": (AREA, Level.SEE),
        "create": (AREA, Level.CHANGE),
        "environments": (AREA, Level.SEE),
        "domains": (AREA, Level.SEE),
    }
    queryset = Municipality.objects.none()
    serializer_class = MunicipalityMembers

    @extend_schema(
        operation_id="municipality_list", summary="Gemeenten opvragen", parameters=[MunicipalityParameters]
    )
    def list(self, request: Any) -> HttpResponse:
        """Elke omgeving is er een: een gemeente met productie en acceptatie staat er twee keer."""
        parameters = asked(request, MunicipalityParameters)
        rows = self._rows().order_by("naam", "rank", "pk")
        if "naam" in parameters:
            rows = rows.filter(naam__icontains=parameters["naam"])
        chosen = {
            name: parameters[name] for name in ("cbs_code", "environment", "status") if name in parameters
        }
        return page_of(request, rows.filter(**chosen), parameters, municipality_members)

    @extend_schema(operation_id="municipality_read", summary="Een gemeente opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Een omgeving van een gemeente, en hoe het met haar gaat."""
        return object_answer(request, municipality_members([self._one(pk)])[0])

    @extend_schema(
        operation_id="municipality_create",
        summary="Een gemeente toevoegen",
        request=NewMunicipality,
        responses={202: JobMembers},
    )
    def create(self, request: Any) -> HttpResponse:
        """Vraagt een inrichting aan. Het antwoord is de taak die haar doet; `Location` is haar adres.

        Er wordt niemand uitgenodigd: de eerste beheerder nodigt u uit in de leveranciersconsole.
        """
        return self.done_once(self._asked_for, takes_body=True)

    @extend_schema(
        operation_id="municipality_environments",
        summary="De omgevingen van een gemeente opvragen",
        parameters=[ListParameters],
        responses=MunicipalityMembers(many=True),
    )
    def environments(self, request: Any, pk: int) -> HttpResponse:
        """Alle omgevingen van dezelfde gemeente die de sleutel ziet, ook deze."""
        parameters = asked(request, ListParameters)
        found = self._one(pk)
        return page_of(request, same_gemeente(self._rows(), found), parameters, municipality_members)

    @extend_schema(
        operation_id="municipality_domains",
        summary="De hosts van een gemeente opvragen",
        parameters=[ListParameters],
        responses=DomainMembers(many=True),
    )
    def domains(self, request: Any, pk: int) -> HttpResponse:
        """Waarop de omgeving antwoordt."""
        parameters = asked(request, ListParameters)
        rows = Domain.objects.filter(tenant=self._one(pk)).order_by("-is_primary", "domain")
        return page_of(
            request, rows, parameters, lambda found: [dict(DomainMembers(each).data) for each in found]
        )

    def _rows(self) -> Fleet:
        return fleet(self.holder, timezone.now()).select_related("vendor", "implementation_partner")

    def _one(self, pk: int) -> Any:
        """Raises NotFound for what the key does not see."""
        found = self._rows().filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def _asked_for(self, body: Any) -> HttpResponse:
        if not self.holder.sees_the_fleet:
            raise NotOfTheVendor(
                "Een gemeente wordt toegevoegd door de leverancier, die alle gemeenten ziet."
            )
        if Job.objects.open().filter(kind=KIND).count() >= MOST_OPEN:
            raise TooMany(f"Er staan al {MOST_OPEN} inrichtingen open. Wacht tot er een klaar is.")
        given = NewMunicipality(data=body)
        given.is_valid(raise_exception=True)
        try:
            job = ask_for(request_of(given.validated_data), person=self.holder)
        except RequestRefused as refused:
            raise _invalid(refused.problems) from refused
        response = answer(job_members(job), 202)
        response["Location"] = location_of(self.request, job)
        return response


def request_of(given: dict[str, Any]) -> Request:
    """As the wizard of the console makes it of the same answers. Raises Invalid."""
    form = GemeenteForm(
        {
            "cbs_code": given.get("cbs_code", ""),
            "naam": given.get("naam", ""),
            "environment": given["environment"],
        }
    )
    if not form.is_valid():
        raise _invalid({name: [str(each) for each in found] for name, found in form.errors.items()})
    answers = form.answers()
    return Request(
        naam=name_of(answers["cbs_code"]) or answers["naam"],
        schema=answers["schema"],
        hosts=tuple(dict.fromkeys(host.lower() for host in given["hosts"])),
        cbs_code=answers["cbs_code"] or None,
        environment=answers["environment"],
        catalogue=given["catalogue"],
    )


def _invalid(problems: dict[str, list[str]]) -> Invalid:
    return Invalid(
        Violation(MEMBERS.get(name, OBJECT), "invalid", sentence)
        for name, sentences in problems.items()
        for sentence in sentences
    )


def municipality_members(rows: QuerySet[Any] | list[Any]) -> list[dict[str, Any]]:
    """Of what ``fleet`` gives."""
    for row in rows:
        row.province = province_of(row)
        row.partner = row.implementation_partner and row.implementation_partner.name
    return [dict(MunicipalityMembers(row).data) for row in rows]
