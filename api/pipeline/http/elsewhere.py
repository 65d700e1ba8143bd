"""URLs of another house where an object of this one belongs: refused, and only the code is left to ask.

A URL that nobody answers is a ``bad-url``, one that is answered leads to an ``invalid-resource``. Nobody
is asked on behalf of a caller who may not write this, as far as that is known without it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.pipeline.authorise.judgement import refuse_write
from api.pipeline.declare.write import Write
from api.pipeline.validate import outgoing
from api.pipeline.validate.values import ELSEWHERE, MISDIRECTED
from api.pipeline.words.caller import Caller
from api.pipeline.words.refusals import Forbidden, Invalid, NotFound
from api.pipeline.words.violations import Violation

MOST_ASKED = 20
"""Different URLs in one body; what is beyond them is told to be unreachable, as it may be."""


def explained(violations: list[Violation], write: Write, uuid: UUID | None, *, whole: bool) -> Invalid:
    """The refusal of a body, of whose violations some are of URLs elsewhere.

    ``write`` has the data that passed: ``whole`` when only what may be left out did not. Raises the
    refusal of a caller who may not, where nothing else is wrong.
    """
    others = [each for each in violations if each.code != ELSEWHERE]
    refusal = _refusal(write, uuid, whole=whole)
    if refusal is None:
        asked = dict.fromkeys(each.reason for each in violations if each.code == ELSEWHERE)
        among = set(list(asked)[:MOST_ASKED])
        return Invalid([_told(each, among, write.caller) for each in violations])
    if others:
        return Invalid(others)
    raise refusal


def _refusal(write: Write, uuid: UUID | None, *, whole: bool) -> Forbidden | None:
    if uuid is not None:
        write.instance = write.resource.referable().filter(pk=uuid, **write.within).first()
        if write.instance is None:
            raise NotFound
    elif whole:
        for derive in write.operation.derive:
            derive(write)
    elif write.resource.main not in write.data:
        return None
    return refuse_write(write)


def _told(violation: Violation, among: set[Any], caller: Caller) -> Violation:
    if violation.code != ELSEWHERE:
        return violation
    url = violation.reason
    problem = outgoing.problem_once(url, caller) or "invalid-resource" if url in among else "bad-url"
    return Violation(violation.name, problem, MISDIRECTED[problem])
