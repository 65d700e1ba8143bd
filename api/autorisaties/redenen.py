"""An explanation in a sentence, for an administrator."""

from __future__ import annotations

from api.autorisaties.types import TYPED
from api.clients.models import Component
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.authorise.explanation import Explanation, Shortfall
from api.pipeline.words.refusals import Step


def reden(explanation: Explanation, *, collection: bool) -> str:
    """Why, or why not."""
    if explanation.allowed:
        return _allowed(explanation, collection=collection)
    if explanation.step == Step.APPLICATIE:
        return "De client-id hoort bij geen applicatie en heeft daarom geen enkel recht."
    if explanation.step == Step.SCOPE:
        return _without_scope(explanation)
    if explanation.step == Step.TYPE:
        return _not_covered(explanation)
    return explanation.reason


def _allowed(explanation: Explanation, *, collection: bool) -> str:
    if not any(explanation.needed):
        return "Dit is openbaar."
    if explanation.everything:
        return "De applicatie heeft alle autorisaties."
    if explanation.step == Step.TYPE:
        return f"De applicatie heeft {_scopes(explanation)} voor dit {_type(explanation)}."
    if collection and explanation.component in TYPED:
        return f"De applicatie heeft {_scopes(explanation)}, alleen voor wat onder 'bereik' staat."
    return f"De applicatie heeft {_scopes(explanation)}."


def _without_scope(explanation: Explanation) -> str:
    if explanation.needs_everything:
        return "Dit mag alleen een applicatie met alle autorisaties."
    if explanation.component in TYPED:
        return f"De applicatie heeft {_scopes(explanation)} voor geen enkel {_type(explanation)}."
    api = Component(explanation.component).label
    return f"De applicatie mist {_scopes(explanation)} voor de {api}."


def _not_covered(explanation: Explanation) -> str:
    scopes, of_type, level = _scopes(explanation), _type(explanation), explanation.level
    nearest = [each for each in explanation.weighed if each.short == [Shortfall.LEVEL]]
    if nearest and level is not None:
        highest = Vertrouwelijkheidaanduiding(max(each.maximum for each in nearest)).label
        own = Vertrouwelijkheidaanduiding(level).label
        return f"De applicatie heeft {scopes} voor dit {of_type} tot en met '{highest}'; dit is '{own}'."
    if any(each.short == [Shortfall.SCOPE] for each in explanation.weighed):
        return f"De applicatie heeft rechten voor dit {of_type}, maar niet {scopes}."
    return f"De applicatie heeft {scopes}, maar niet voor dit {of_type}."


def _scopes(explanation: Explanation) -> str:
    return " of ".join(" en ".join(f"'{label}'" for label in labels) for labels in explanation.needed)


def _type(explanation: Explanation) -> str:
    typed = TYPED.get(explanation.component)
    return typed.attribute if typed else "type"
