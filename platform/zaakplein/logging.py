"""Logs as one JSON object a line, each with the municipality and the request it belongs to.

What an exception says is left out: a database quotes the row it refuses, and a row may hold a BSN.
"""

from __future__ import annotations

import logging.config
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def describe_exception(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Put the classes and the lines of code of an exception and its causes in place of its text."""
    exception = _exception_of(event.pop("exc_info", None))
    event.pop("stack_info", None)
    if exception is not None:
        event["exception"] = _chain(exception)
    return event


def _exception_of(info: bool | BaseException | ExceptionInfo | None) -> BaseException | None:  # noqa: FBT001
    match info:
        case BaseException():
            return info
        case (_, BaseException() as exception, _):
            return exception
        case True:
            return sys.exc_info()[1]
    return None


def _chain(exception: BaseException) -> list[dict[str, Any]]:
    """The exception first, then what it came from."""
    described = {
        "type": f"{type(exception).__module__}.{type(exception).__qualname__}",
        "frames": [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(exception.__traceback__)
        ],
    }
    cause = exception.__cause__ or (None if exception.__suppress_context__ else exception.__context__)
    return [described] if cause is None else [described, *_chain(cause)]


SHARED_PROCESSORS = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    describe_exception,
)


def configure(options: dict[str, str]) -> None:
    """Django calls it with ``LOGGING`` when it starts; ``level`` is what ours and libraries log from."""
    structlog.configure(
        processors=[*SHARED_PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": SHARED_PROCESSORS,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(ensure_ascii=False),
                    ],
                }
            },
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["console"], "level": options["level"]},
            "loggers": {
                # The line of the request says what was refused; this one only what broke.
                "django.request": {"level": "ERROR"},
                # At DEBUG these hold parameters, and so personal data; at INFO a URL with its query.
                "django.db.backends": {"level": "WARNING"},
                "urllib3": {"level": "WARNING"},
                "requests": {"level": "WARNING"},
                # At INFO it tells who sends mail to which address, and an address leads to a report.
                "mail.log": {"level": "WARNING"},
                # It quotes exceptions and results; MunicipalTask tells of failures instead.
                "celery.app.trace": {"level": "CRITICAL"},
            },
        }
    )
