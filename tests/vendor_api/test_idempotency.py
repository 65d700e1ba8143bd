"""A POST that is sent again, also while the first is at work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tenants.jobs.models import Job
from tests.vendor_api.conftest import Program, key_of
from vendor_api.models import KeptAnswer

BODY = {"cbsCode": "0473", "environment": "productie", "hosts": ["zandvoort.localhost"]}


def test_the_same_again_is_answered_again_and_not_done_again(program: Program) -> None:
    first, second = (program.post("/municipalities", BODY, "k") for _ in range(2))

    assert first.status_code == second.status_code == 202
    assert first.content == second.content
    assert first.headers["Location"] == second.headers["Location"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Job.objects.count() == 1


def test_another_body_with_the_same_key_is_refused(program: Program) -> None:
    program.post("/municipalities", BODY, "k")

    answer = program.post("/municipalities", {**BODY, "cbsCode": "0392"}, "k")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")
    assert Job.objects.count() == 1


@pytest.mark.parametrize("key", [None, " ", "x" * 256, "é"])
def test_without_a_good_key_nothing_is_done(program: Program, key: str | None) -> None:
    answer = program.post("/municipalities", BODY, key)

    assert (answer.status_code, answer.json()["code"]) == (400, "header-missing")
    assert not Job.objects.exists()


def test_the_longest_key_is_taken(program: Program) -> None:
    assert program.post("/municipalities", BODY, "x" * 255).status_code == 202


def test_a_refusal_is_not_kept(program: Program) -> None:
    refused = program.post("/municipalities", {**BODY, "hosts": []}, "k")
    done = program.post("/municipalities", BODY, "k")

    assert (refused.status_code, done.status_code) == (400, 202)


def test_the_key_of_another_program_is_another_key(program: Program) -> None:
    program.post("/municipalities", BODY, "k")

    answer = key_of("gemeenten:write").post("/municipalities", {**BODY, "cbsCode": "0392"}, "k")

    assert answer.json()["code"] == "invalid"  # Haarlem is here already, and not the key is what is wrong


@pytest.mark.parametrize(("hours", "is_kept"), [(23.9, True), (24, False)])
def test_an_answer_is_kept_for_a_day(
    program: Program, monkeypatch: pytest.MonkeyPatch, hours: float, is_kept: bool
) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    program.post("/municipalities", BODY, "k")
    KeptAnswer.objects.update(at=now - timedelta(hours=hours))

    answer = program.post("/municipalities", {**BODY, "cbsCode": "0344"}, "k")

    assert (answer.status_code == 422) is is_kept


def test_old_answers_are_cleared_away(program: Program) -> None:
    program.post("/municipalities", BODY, "old")
    KeptAnswer.objects.update(at=timezone.now() - timedelta(days=2))

    program.post("/municipalities", {**BODY, "cbsCode": "0473", "environment": "acceptatie"}, "new")

    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["new"]


def test_what_is_kept_is_gone_with_the_act(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("Somebody pulled the plug.")

    monkeypatch.setattr("vendor_api.http.idempotency._keep", fails)

    assert program.post("/municipalities", BODY, "k").status_code == 500
    assert not Job.objects.exists()
