"""Jobs: what runs, what failed, and letting it go on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import NotFound
from backoffice.work import jobs, kind_of, label_of, repeat, subject_of
from tenants.accounts.rights import Level
from tenants.jobs.asking import JobRefused
from tenants.jobs.models import Job, Step
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel
from vendor_api.http.changing import Changeable
from vendor_api.http.lists import ListParameters, asked, page_of

AREA = "taken"


class StepMembers(Camel):
    name = serializers.CharField()
    title = serializers.CharField(help_text="Hoe de console de stap noemt.")
    state = serializers.ChoiceField(choices=Step.State.values)
    attempts = serializers.IntegerField(source="attempts_in_all")
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField(help_text="Waarom de stap mislukte; anders leeg.")
    parts_done = serializers.IntegerField(allow_null=True)
    parts_all = serializers.IntegerField(allow_null=True)


class JobMembers(Camel):
    id = serializers.UUIDField(source="pk")
    kind = serializers.CharField()
    title = serializers.CharField(help_text="Hoe de console de taak noemt.")
    municipality = serializers.IntegerField(
        source="municipality_id", allow_null=True, help_text="De id van de gemeente, zodra zij er is."
    )
    asked_by = serializers.CharField()
    state = serializers.ChoiceField(choices=Job.State.values)
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    steps = StepMembers(many=True, source="labelled")


class JobParameters(ListParameters):
    state = serializers.ChoiceField(required=False, choices=Job.State.values)
    kind = serializers.ChoiceField(required=False, choices=list(settings.JOB_KINDS))
    municipality = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="De id van een gemeente."
    )


class Jobs(Changeable):
    rights = {"list": (AREA, Level.SEE), "retrieve": (AREA, Level.SEE), "repeat": (AREA, Level.CHANGE)}
    changing = frozenset({"repeat"})
    model, refused, page_of_one = Job, JobRefused, "api_job"
    queryset = Job.objects.none()
    serializer_class = JobMembers

    @extend_schema(operation_id="job_list", summary="Achtergrondtaken opvragen", parameters=[JobParameters])
    def list(self, request: Any) -> HttpResponse:
        """De nieuwste eerst."""
        parameters = asked(request, JobParameters)
        names = ("state", "kind", "municipality")
        rows = jobs(self.holder).filter(**{name: parameters[name] for name in names if name in parameters})
        rows = rows.order_by("-created_at", "-pk").prefetch_related("steps")
        return page_of(request, rows, parameters, lambda found: [job_members(job) for job in found])

    @extend_schema(operation_id="job_read", summary="Een achtergrondtaak opvragen")
    def retrieve(self, request: Any, pk: UUID) -> HttpResponse:
        """Met haar stappen, en waarom een stap mislukte."""
        return object_answer(request, job_members(self.one(pk)))

    @extend_schema(
        operation_id="job_attempt_create",
        summary="Een mislukte stap herhalen",
        request=None,
        responses={202: JobMembers},
    )
    def repeat(self, request: Any, pk: UUID) -> HttpResponse:
        """De taak gaat verder bij de stap die mislukte. Wat al klaar is blijft staan."""
        return self.changed(pk, lambda job, _body: repeat(job, person=self.holder), status=202)

    def one(self, pk: UUID) -> Job:
        found: Job | None = jobs(self.holder).prefetch_related("steps").filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def members(self, found: Job) -> dict[str, Any]:
        return job_members(found)


def job_members(job: Job) -> dict[str, Any]:
    shown: Any = job
    shown.title = f"{kind_of(job)} {subject_of(job)}"
    shown.labelled = [_labelled(step, job.kind) for step in job.steps.all()]
    return dict(JobMembers(shown).data)


def _labelled(step: Step, kind: str) -> Any:
    shown: Any = step
    shown.title = label_of(step, kind)
    return shown


def location_of(request: HttpRequest, job: Job) -> str:
    return request.build_absolute_uri(reverse("api_job", args=[job.pk]))
