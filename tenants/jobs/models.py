"""Long work: a job, and its named steps; in public, where no municipality's role can read it."""

from __future__ import annotations

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from tenants.registry.models import Municipality


class JobQuerySet(models.QuerySet["Job"]):
    def of(self, municipality: Municipality) -> Self:
        """Those of one municipality; who asks on its behalf goes by this."""
        return self.filter(municipality=municipality)

    def open(self) -> Self:
        """Those that have not ended: failed ones too, which can be run again."""
        return self.filter(ended_at=None)


class Job(models.Model):
    """Something that takes longer than a request: what was asked, by whom, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Wacht"
        RUNNING = "running", "Loopt"
        FAILED = "failed", "Mislukt"
        DONE = "done", "Klaar"
        ABANDONED = "abandoned", "Afgebroken"

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=60, help_text="A key of the setting JOB_KINDS.")
    subject = models.CharField(max_length=200, help_text="What it is about: one open job of a kind on each.")
    municipality = models.ForeignKey(Municipality, models.CASCADE, null=True, related_name="jobs")
    asked_by = models.CharField(max_length=200)
    given = models.JSONField(default=dict, help_text="What was asked. It holds no secret.")
    found = models.JSONField(default=dict, help_text="What the steps tell each other and the reader.")
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject"), condition=Q(ended_at=None), name="one_open_job_on_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=["waiting", "running", "failed"])
                | Q(ended_at__isnull=False, state__in=["done", "abandoned"]),
                name="ended_is_done_or_abandoned",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class StepQuerySet(models.QuerySet["Step"]):
    def takeable(self) -> Self:
        """The next step of each job that can go on: nobody has it, or who had it let its lease run out."""
        earlier = Step.objects.filter(job=OuterRef("job"), position__lt=OuterRef("position"))
        return self.filter(
            Q(state=Step.State.WAITING) | Q(state=Step.State.RUNNING, leased_until__lt=Now()),
            ~Exists(earlier.exclude(state=Step.State.DONE)),
            job__state__in=[Job.State.WAITING, Job.State.RUNNING],
        )


class Step(models.Model):
    """One step of a job: an idempotent function by its name, on the connection that it declares."""

    class State(models.TextChoices):
        WAITING = "waiting", "Wacht"
        RUNNING = "running", "Loopt"
        FAILED = "failed", "Mislukt"
        DONE = "done", "Klaar"

    class Connection(models.TextChoices):
        OWNER = "owner", "Eigenaar van de database"
        VENDOR = "vendor", "Leverancier"
        MUNICIPALITY = "municipality", "Gemeente"

    job = models.ForeignKey(Job, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    connection = models.CharField(max_length=20, choices=Connection)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0, help_text="Since somebody last let it run again.")
    attempts_before = models.PositiveIntegerField(default=0, db_default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=1000, default="", help_text="For people; it quotes no exception.")
    parts_done = models.PositiveIntegerField(null=True)
    parts_all = models.PositiveIntegerField(null=True)
    holder = models.UUIDField(null=True, help_text="Who runs it: another for each attempt.")
    leased_until = models.DateTimeField(null=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("job", "position"), name="one_step_at_a_position"),)
        indexes = (
            models.Index(
                fields=("job", "position"), condition=Q(state__in=["waiting", "running"]), name="steps_to_do"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def attempts_in_all(self) -> int:
        return self.attempts_before + self.attempts
