"""What the document says of one operation, from its declaration alone.

An operation that this module has never heard of is described as well: its scopes and rules are read off
the declaration, and its title is its own or else its name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from api.clients.scopes import ScopeExpression
from api.pipeline.declare.declaration import Declaration
from api.pipeline.declare.operations import Operation
from api.pipeline.declare.visibility import AllRights
from api.pipeline.words.marks import registered

SUMMARIES = {
    "list": "{many} opvragen",
    "create": "{one} aanmaken",
    "retrieve": "{one} opvragen",
    "headers": "Headers van {one} opvragen",
    "update": "{one} vervangen",
    "partial_update": "{one} gedeeltelijk wijzigen",
    "destroy": "{one} verwijderen",
    "search": "{many} zoeken",
    "publish": "{one} publiceren",
}
PAGE = "Geeft een pagina van alle {many} die de applicatie mag zien en die aan de parameters voldoen."
DESCRIPTIONS = {
    "create": "Legt vast wat in het verzoek staat en geeft het terug, met het adres dat het kreeg.",
    "headers": "Geeft de headers van een `GET`, zonder inhoud: genoeg om te zien of een kopie nog klopt.",
    "update": "Vervangt het geheel: wat niet in het verzoek staat, krijgt zijn beginwaarde terug.",
    "partial_update": "Wijzigt alleen wat in het verzoek staat.",
    "destroy": "Verwijdert blijvend.",
    "search": "Een lijst, met de voorwaarden in het verzoek: zo staan zij in geen enkel adres.",
    "publish": "Maakt van het concept een gepubliceerde versie.",
}
EXPERIMENTAL = "**Experimenteel.** Deze bewerking hoort niet bij de standaard en kan veranderen."
OF_OPEN_ZAAK = "Alleen bij een gemeente die met Open Zaak overeenkomt."
ALL_RIGHTS = "Alleen voor applicaties met `heeftAlleAutorisaties`; geen enkele scope is genoeg."
BADGES = [{"name": "Experimenteel", "color": "#8a4b00"}]


def about_operation(resource: type[Declaration], operation: Operation) -> dict[str, Any]:
    """``summary``, ``description`` and, beyond the standard, the mark that readers see."""
    about: dict[str, Any] = {
        "summary": _summary(resource, operation),
        "description": "\n\n".join(_paragraphs(resource, operation)),
    }
    return {**about, "x-experimental": True, "x-badges": BADGES} if operation.experimental else about


def plural(resource: type[Declaration]) -> str:
    """``zaaktypen``; what stands last in a nested path."""
    return str(resource.open_path().split("/")[-1])


def _summary(resource: type[Declaration], operation: Operation) -> str:
    named = SUMMARIES.get(operation.name, f"{{one}}: {operation.name.replace('_', ' ')}")
    template = operation.summary or named
    text = template.format(one=resource.noun, many=plural(resource))
    return text[:1].upper() + text[1:]


def _paragraphs(resource: type[Declaration], operation: Operation) -> Iterator[str]:
    if operation.experimental:
        yield f"{EXPERIMENTAL} {OF_OPEN_ZAAK}" if operation.of_open_zaak else EXPERIMENTAL
    if text := operation.explanation or _usual(resource, operation.name):
        yield text
    yield ALL_RIGHTS if isinstance(resource.rights, AllRights) else _needed(operation.scope)
    if rules := list(_rules(resource, operation)):
        yield "\n".join(("**Regels van de standaard**\n", *(f"* {rule}" for rule in rules)))


def _usual(resource: type[Declaration], action: str) -> str:
    if action == "list" and resource.paged:
        return PAGE.format(many=plural(resource))
    return str(resource.explanation) if action in ("list", "retrieve") else DESCRIPTIONS.get(action, "")


def _needed(scope: ScopeExpression) -> str:
    labels = [" en ".join(f"`{label}`" for label in each) for each in scope.alternatives() if each]
    return f"**Scope:** {' of '.join(labels)}" if labels else "Voor iedereen open: er is geen scope nodig."


def _rules(resource: type[Declaration], operation: Operation) -> Iterator[str]:
    """The numbers that this operation carries, in the order of the standard."""
    own = (resource.rights, *operation.functions)
    for number in sorted({each.number for each in registered() if each.function in own}):
        yield " – ".join(filter(None, (f"**{number}**", rule_titles().get(number))))


@cache
def rule_titles() -> dict[str, str]:
    """What each numbered rule asks, in Dutch."""
    text = (files("api.pipeline.describe.documentation") / "regels.toml").read_text(encoding="utf-8")
    return {str(number): str(title) for number, title in tomllib.loads(text).items()}
