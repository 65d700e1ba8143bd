"""Bodies as clients of Open Zaak 1.30 send them: relations by URL, and what they read sent back.

A file is called after what it is the body of: ``zaaktype.put.json``. ``{zaaktype}`` stands for the
place of the object of that name.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from api.pipeline.words import registry

BODIES = Path(__file__).parent / "bodies"

PLACES = {
    "catalogus": "catalogi/catalogussen",
    "zaaktype": "catalogi/zaaktypen",
    "zaaktype-zonder-identificatie": "catalogi/zaaktypen",
    "besluittype": "catalogi/besluittypen",
    "informatieobjecttype": "catalogi/informatieobjecttypen",
    "statustype": "catalogi/statustypen",
    "resultaattype": "catalogi/resultaattypen",
    "roltype": "catalogi/roltypen",
    "eigenschap": "catalogi/eigenschappen",
    "zaakobjecttype": "catalogi/zaakobjecttypen",
    "zaaktype-informatieobjecttype": "catalogi/zaaktype-informatieobjecttypen",
    "applicatie": "autorisaties/applicaties",
}
"""Api and path of what a file is the body of."""

TARGETS = {
    "besluittype": "conceptbesluittype",
    "informatieobjecttype": "conceptinformatieobjecttype",
    "zaaktype-informatieobjecttype": "ziot",
}
"""The object that is changed, where it is called otherwise than its kind."""


def names(method: str) -> list[str]:
    """What there is a body of for this method."""
    return sorted(path.name.split(".")[0] for path in BODIES.glob(f"*.{method}.json"))


def body(name: str, method: str, places: dict[str, str]) -> dict[str, Any]:
    """The body, with the objects of this catalogue."""
    text = (BODIES / f"{name}.{method}.json").read_text()
    for called, place in places.items():
        text = text.replace(f"{{{called}}}", place)
    read: dict[str, Any] = json.loads(text)
    return read


def collection(name: str) -> str:
    """Where objects of the kind are posted."""
    resource = registry.resource_at(*PLACES[name].split("/"))
    assert resource is not None
    return resource.root()


def target(name: str, places: dict[str, str]) -> str:
    """The object that a PUT or PATCH changes."""
    return places[TARGETS.get(name, name)]


def differences(sent: Any, shown: Any, name: str = "") -> list[str]:
    """The members that the answer shows otherwise than they were sent.

    A member that this house does not have, and an empty one that it leaves out, is no difference.
    """
    if isinstance(sent, dict) and isinstance(shown, dict):
        return [
            each
            for key, value in sent.items()
            if key in shown
            for each in differences(value, shown[key], f"{name}.{key}".lstrip("."))
        ]
    if isinstance(sent, list) and isinstance(shown, list) and len(sent) == len(shown):
        pairs = enumerate(zip(_ordered(sent), _ordered(shown), strict=True))
        return [each for n, (one, other) in pairs for each in differences(one, other, f"{name}.{n}")]
    absent = sent is None and _is_unset(shown)
    return [] if sent == shown or absent else [f"{name}: {sent!r} -> {shown!r}"]


def _is_unset(group: Any) -> bool:
    return isinstance(group, dict) and not any(group.values())


def _ordered(items: list[Any]) -> list[Any]:
    return sorted(items) if all(isinstance(item, str) for item in items) else items
