"""A version of a contract on paper, and the proof of who signed it: as PDF, of what the page shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from contracts.content import Whole
from contracts.contract_showing import indexation_in_words, parties_of, terms_of_version
from contracts.contract_tables import availability_of, calendars_told, level_name, version_name
from contracts.level_tables import priority_in_words, promised
from contracts.models import ContractEntry, Per, Target
from contracts.states import TRANSITIONS, Side, State
from screens.pdf import as_pdf


def letter_pdf(whole: Whole, targets: Sequence[Target], now: datetime) -> bytes:
    return as_pdf(letter_html(whole, targets, now))


def proof_pdf(whole: Whole, entries: Sequence[ContractEntry], now: datetime) -> bytes:
    return as_pdf(proof_html(whole, entries, now))


def letter_html(whole: Whole, targets: Sequence[Target], now: datetime) -> str:
    """In Dutch, whoever prints it; what people wrote is escaped by the template."""
    with override(settings.LANGUAGE_CODE):
        return render_to_string("contracts/brief.html", _agreed(whole, targets, now))


def proof_html(whole: Whole, entries: Sequence[ContractEntry], now: datetime) -> str:
    with override(settings.LANGUAGE_CODE):
        history = [
            {
                "at": each.at,
                "words": str(TRANSITIONS[each.act].done) if each.act in TRANSITIONS else each.act,
                "side": str(each.get_side_display()),
                "person": each.person,
            }
            for each in entries
            if each.version_id == whole.version.pk
        ]
        given = {
            "contract": whole.contract,
            "version": whole.version,
            "name": version_name(whole.version),
            "signatures": whole.signatures,
            "by_clause": whole.version.state == State.GETEKEND and len(whole.signatures) < len(Side),
            "annexes": whole.annexes,
            "history": history,
            "printed_at": now,
        }
        return render_to_string("contracts/bewijs.html", given)


def _agreed(whole: Whole, targets: Sequence[Target], now: datetime) -> dict[str, Any]:
    version = whole.version
    today = timezone.localdate(now)
    return {
        "contract": whole.contract,
        "version": version,
        "name": version_name(version),
        "level": level_name(version.service_level_version),
        "availability": availability_of(version.service_level_version),
        "calendars": calendars_told(targets, today),
        "targets": [
            (
                priority_in_words(each.priority),
                [promised(each.response), promised(each.update), promised(each.resolution)],
            )
            for each in targets
        ],
        "parties": parties_of(whole),
        "terms": terms_of_version(version),
        "indexation": indexation_in_words(version),
        "yearly": [each for each in whole.lines if each.per == Per.YEAR],
        "once": [each for each in whole.lines if each.per == Per.ONCE],
        "yearly_cents": whole.yearly_cents,
        "once_cents": whole.once_cents,
        "annexes": whole.annexes,
        "signatures": whole.signatures,
        "printed_at": now,
    }
