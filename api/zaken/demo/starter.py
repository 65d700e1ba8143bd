"""The catalogue with which a municipality begins: none, that of the demo, or what stands in a zip."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.storage import storages
from django.db import transaction

from api.catalogi.exchange.command import command_caller
from api.catalogi.exchange.importing import import_archive
from api.catalogi.exchange.options import Options
from api.catalogi.exchange.reading import read_archive
from api.catalogi.exchange.report import Outcome, Report
from api.pipeline.words.refusals import Refusal
from api.pipeline.words.violations import OBJECT, Violation
from api.zaken.demo.catalogue import seed_catalogue
from tenants.jobs.kinds import Connection, StepFailed, Work, step
from tenants.onboarding.asking import Catalogue
from tenants.onboarding.steps import is_new
from tenants.registry.context import current_municipality

SHOWN = 5


@step("catalogue", "Catalogus vullen", connection=Connection.MUNICIPALITY)
def starter_catalogue(work: Work) -> None:
    if not is_new(work):
        return
    if work.given["catalogue"] == Catalogue.DEMO and seed_catalogue():
        work.found["done"].append("Made the catalogue of the demo.")
    if work.given["catalogue"] == Catalogue.ZIP:
        _take_in(work.given["archive"], work)


def _take_in(name: str, work: Work) -> None:
    with storages["jobs"].open(name) as file:
        content = file.read()
    try:
        archive = read_archive(content)
        caller = command_caller(current_municipality(), force=False)
        report = import_archive(archive, Options(), caller, work.progress)
    except Refusal as refusal:
        raise StepFailed(_said(getattr(refusal, "violations", []), refusal.detail)) from refusal
    if report.violations:
        raise StepFailed(_said(report.violations, ""))
    work.found["done"] += _taken(report)
    transaction.on_commit(lambda: storages["jobs"].delete(name))


def _taken(report: Report) -> Iterator[str]:
    """How much, and the first of what is otherwise than in the zip."""
    taken = [line for line in report.lines if line.outcome is not Outcome.LEFT_OUT]
    yield f"Took in {len(taken)} objects of a catalogue."
    yield from report.changed[:SHOWN]
    if len(report.changed) > SHOWN:
        yield f"Changed {len(report.changed) - SHOWN} more; a trial run of import_catalogue tells them."


def _said(violations: list[Violation], otherwise: str) -> str:
    """The first of what is wrong with the zip."""
    said = "; ".join(f"{_place(each.name)}{each.reason}" for each in violations[:SHOWN])
    return f"De zip is geweigerd: {said or otherwise}"


def _place(name: str) -> str:
    """Where it stands, as far as people know the word."""
    place = name.removesuffix(OBJECT).rstrip(".")
    return f"{place}: " if place else ""
