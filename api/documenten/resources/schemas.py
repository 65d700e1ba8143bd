"""Bodies and answers of a document that are more than its representation: those with a lock."""

from __future__ import annotations

from typing import Any

NAME = "#/components/schemas/{}EnkelvoudigInformatieObject"
LOCK_TEXT = {"type": "string"}

LOCK = {"type": "object", "required": ["lock"], "properties": {"lock": {**LOCK_TEXT, "readOnly": True}}}
UNLOCKING = {"type": "object", "properties": {"lock": {**LOCK_TEXT, "maxLength": 100}}}
WITH_LOCK = {"allOf": [{"$ref": NAME.format("")}, LOCK]}
"""A new document: its lock is empty where its content is there."""


def put() -> dict[str, Any]:
    """The body of PUT, which has to show the lock."""
    return {"allOf": [{"$ref": NAME.format("")}, {**_shown(), "required": ["lock"]}]}


def patch() -> dict[str, Any]:
    """The body of PATCH."""
    return {"allOf": [{"$ref": NAME.format("Patched")}, _shown()]}


def _shown() -> dict[str, Any]:
    return {"type": "object", "properties": {"lock": {**LOCK_TEXT, "writeOnly": True}}}
