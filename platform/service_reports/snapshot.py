"""The figures of a report as the JSON that is kept, and back: what was shown once is shown for good."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contracts.running import ClockKind, Happening, Line, LineKind
from service_reports.availability import Availability, DayCount
from service_reports.figures import Breach, Credit, Figures, Kept, Promise, Step, Work


def to_json(figures: Figures) -> dict[str, Any]:
    promise, credit = figures.promise, figures.credit
    return {
        "first": figures.first.isoformat(),
        "last": figures.last.isoformat(),
        "promise": {
            "contract": promise.contract,
            "level": promise.level,
            "level_version": promise.level_version,
            "window": promise.window,
            "percent": str(promise.percent),
            "steps": [_of_step(each) for each in promise.steps],
            "fee_cents": promise.fee_cents,
        },
        "days": [
            [each.day.isoformat(), each.up, each.down, each.gaps, each.maintained]
            for each in figures.availability.days
        ],
        "kept": [[each.priority, each.kind.value, each.met, each.late] for each in figures.kept],
        "breaches": [_of_breach(each) for each in figures.breaches],
        "reported": figures.reported,
        "solved": figures.solved,
        "still_open": figures.still_open,
        "waiting": figures.waiting,
        "booked": figures.work.booked,
        "left": figures.work.left,
        "credit": {"cents": credit.cents, "step": credit.step and _of_step(credit.step)},
    }


def from_json(kept: dict[str, Any]) -> Figures:
    promise, credit = kept["promise"], kept["credit"]
    return Figures(
        first=date.fromisoformat(kept["first"]),
        last=date.fromisoformat(kept["last"]),
        promise=Promise(
            contract=promise["contract"],
            level=promise["level"],
            level_version=promise["level_version"],
            window=promise["window"],
            percent=Decimal(promise["percent"]),
            steps=tuple(_step(each) for each in promise["steps"]),
            fee_cents=promise["fee_cents"],
        ),
        availability=Availability(
            tuple(DayCount(date.fromisoformat(day), *counts) for day, *counts in kept["days"])
        ),
        kept=tuple(Kept(priority, ClockKind(kind), met, late) for priority, kind, met, late in kept["kept"]),
        breaches=tuple(_breach(each) for each in kept["breaches"]),
        reported=kept["reported"],
        solved=kept["solved"],
        still_open=kept["still_open"],
        waiting=kept["waiting"],
        work=Work(kept["booked"], kept["left"]),
        credit=Credit(credit["cents"], _step(credit["step"]) if credit["step"] else None),
    )


def _of_step(step: Step) -> list[str]:
    return [str(step.below), str(step.part)]


def _step(kept: list[str]) -> Step:
    below, part = kept
    return Step(Decimal(below), Decimal(part))


def _of_breach(breach: Breach) -> dict[str, Any]:
    return {
        "ticket": breach.ticket,
        "kind": breach.kind.value,
        "priority": breach.priority,
        "agreed": breach.agreed_seconds,
        "due": breach.due.isoformat(),
        "done": breach.done and breach.done.isoformat(),
        "lines": [
            [
                each.start.isoformat(),
                each.end.isoformat(),
                each.kind.value,
                each.why.value,
                each.counted,
                each.used,
            ]
            for each in breach.lines
        ],
    }


def _breach(kept: dict[str, Any]) -> Breach:
    return Breach(
        ticket=kept["ticket"],
        kind=ClockKind(kept["kind"]),
        priority=kept["priority"],
        agreed_seconds=kept["agreed"],
        due=datetime.fromisoformat(kept["due"]),
        done=datetime.fromisoformat(kept["done"]) if kept["done"] else None,
        lines=tuple(
            Line(
                datetime.fromisoformat(start),
                datetime.fromisoformat(end),
                LineKind(kind),
                Happening(why),
                counted,
                used,
            )
            for start, end, kind, why, counted, used in kept["lines"]
        ),
    )
