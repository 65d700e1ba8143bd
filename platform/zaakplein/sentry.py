"""Errors go to Sentry where the deployment has a DSN, with nothing that a person or a client sent.

What may leave is listed; what is not listed stays. The text of an exception is not listed: a database
quotes the row it refuses.
"""

from __future__ import annotations

from typing import Any

import sentry_sdk
import structlog
from sentry_sdk.consts import CompressionAlgo
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.types import Breadcrumb, BreadcrumbHint, Event, Hint

Json = dict[str, Any]  # an event is what the protocol says, several levels deep

EVENT = (
    "event_id",
    "timestamp",
    "level",
    "platform",
    "release",
    "environment",
    "sdk",
    "logger",
    "transaction",
)
EXCEPTION = ("type", "module")
FRAME = ("filename", "abs_path", "module", "function", "lineno", "in_app")
BREADCRUMB = ("timestamp", "type", "category", "level")
TAGS = ("municipality", "request_id", "task")


def start_sentry(dsn: str) -> None:
    """Without a DSN nothing is sent and nothing is patched."""
    if not dsn:
        return
    sentry_sdk.init(
        dsn,
        # Nothing is collected to begin with; scrub_event() is what we rely on.
        data_collection={
            "user_info": False,
            "cookies": {"mode": "off"},
            "http_headers": {"request": {"mode": "off"}},
            "http_bodies": [],
            "url_query_params": {"mode": "off"},
            "database_query_data": False,
            "queues": False,
            "stack_frame_variables": False,
            "frame_context_lines": 0,
        },
        max_request_body_size="never",
        auto_session_tracking=False,
        # Errors rise to Django and celery, which report them; a log line would report them again.
        integrations=[LoggingIntegration(level=None, event_level=None)],
        # Of what is installed it would pick brotli, which not every relay reads.
        _experiments={"transport_compression_algo": CompressionAlgo.GZIP},
        before_send=scrub_event,
        before_breadcrumb=scrub_breadcrumb,
    )


def scrub_event(event: Event, hint: Hint) -> Event:  # noqa: ARG001
    scrubbed: Json = _only(event, EVENT)
    scrubbed["tags"] = _only(structlog.contextvars.get_contextvars(), TAGS)
    scrubbed["request"] = _scrub_request(event.get("request") or {})
    scrubbed["exception"] = {"values": [_scrub_exception(each) for each in _values(event.get("exception"))]}
    scrubbed["breadcrumbs"] = {
        "values": [_only(each, BREADCRUMB) for each in _values(event.get("breadcrumbs"))]
    }
    return scrubbed  # type: ignore[return-value]  # the members are those of an Event


def scrub_breadcrumb(breadcrumb: Breadcrumb, hint: BreadcrumbHint) -> Breadcrumb:  # noqa: ARG001
    return _only(breadcrumb, BREADCRUMB)


def _scrub_request(request: Json) -> Json:
    scrubbed = _only(request, ("method",))
    if "url" in request:
        scrubbed["url"] = request["url"].partition("?")[0].partition("#")[0]
    return scrubbed


def _scrub_exception(exception: Json) -> Json:
    scrubbed = _only(exception, EXCEPTION)
    frames = (exception.get("stacktrace") or {}).get("frames") or []
    scrubbed["stacktrace"] = {"frames": [_only(frame, FRAME) for frame in frames]}
    return scrubbed


def _values(interface: Any) -> list[Json]:  # noqa: ANN401  # the protocol has it as a list and as {"values": list}
    if isinstance(interface, dict):
        interface = interface.get("values")
    return interface or []


def _only(members: Any, names: tuple[str, ...]) -> Json:  # noqa: ANN401  # events, breadcrumbs, frames alike
    return {name: members[name] for name in names if members.get(name) is not None}
