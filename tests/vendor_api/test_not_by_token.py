"""What a person has to confirm has no operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver

from tenants.accounts.pages import access_of
from tenants.accounts.rights import Level
from vendor_api.not_by_token import NOT_BY_TOKEN
from vendor_api.scopes import SCOPES
from vendor_api.urls import OPERATIONS


def confirmed(patterns: list[Any]) -> Iterator[str]:
    """The names of the pages of the vendor's console that ask who one is once more, or that approve."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from confirmed(pattern.url_patterns)
            continue
        access = access_of(pattern.callback)
        if access is not None and (access.fresh or access.level >= Level.APPROVE):
            yield pattern.name


def test_every_page_that_a_person_confirms_is_listed() -> None:
    found = set(confirmed(get_resolver("zaakplein.urls_public").url_patterns))

    assert found == NOT_BY_TOKEN.keys()


def test_no_scope_and_no_operation_approves() -> None:
    assert max(scope.level for scope in SCOPES.values()) < Level.APPROVE
    assert max(level for _, each, _, _ in OPERATIONS for _, level in each.rights.values()) < Level.APPROVE


def test_what_changes_something_is_listed() -> None:
    changing = {
        (method, route)
        for route, _, actions, _ in OPERATIONS
        for method in actions
        if method not in {"get", "head"}
    }
    assert changing == {
        ("post", "municipalities"),
        ("post", "jobs/<uuid:pk>/attempts"),
        ("post", "access-grants"),
        ("post", "access-grants/<row:pk>/endings"),
        ("post", "calendars"),
        ("post", "calendars/<row:pk>/versions"),
        ("post", "service-levels"),
        ("post", "service-levels/<row:pk>/versions"),
        ("post", "price-lists"),
        ("post", "price-lists/<row:pk>/versions"),
        ("post", "price-lists/<row:pk>/offers"),
        ("post", "webhooks/<row:pk>/tests"),
        ("post", "contracts"),
        ("post", "contracts/<row:pk>/versions"),
        ("post", "contracts/<row:pk>/offers"),
        ("post", "contracts/<row:pk>/withdrawals"),
        ("post", "contracts/<row:pk>/notices"),
        ("post", "contracts/<row:pk>/terms"),
        ("post", "contracts/<row:pk>/coverages"),
        ("post", "contracts/<row:pk>/lines"),
        ("post", "contracts/<row:pk>/price-list-lines"),
        ("post", "contracts/<row:pk>/annexes"),
        ("post", "contracts/<row:pk>/annex-removals"),
        ("post", "contracts/<row:pk>/discards"),
        ("post", "contracts/<row:pk>/indexations"),
        ("post", "contracts/<row:pk>/hours"),
        ("post", "contracts/<row:pk>/hour-purchases"),
        ("post", "contracts/<row:pk>/hour-corrections"),
        ("post", "tickets"),
        ("post", "tickets/<row:pk>/answers"),
        ("post", "tickets/<row:pk>/questions"),
        ("post", "tickets/<row:pk>/notes"),
        ("post", "tickets/<row:pk>/work-arounds"),
        ("post", "tickets/<row:pk>/hand-overs"),
        ("post", "tickets/<row:pk>/priorities"),
        ("post", "tickets/<row:pk>/waits"),
        ("post", "tickets/<row:pk>/plans"),
        ("post", "tickets/<row:pk>/resumptions"),
        ("post", "tickets/<row:pk>/solutions"),
        ("post", "tickets/<row:pk>/merges"),
        ("post", "tickets/<row:pk>/replies"),
        ("post", "tickets/<row:pk>/details"),
        ("post", "tickets/<row:pk>/links"),
        ("post", "tickets/<row:pk>/hotfixes"),
        ("post", "tickets/<row:pk>/closings"),
        ("post", "tickets/<row:pk>/hours"),
        ("post", "incidents"),
        ("post", "incidents/<row:pk>/updates"),
        ("post", "incidents/<row:pk>/municipalities"),
        ("post", "incidents/<row:pk>/releases"),
    }
