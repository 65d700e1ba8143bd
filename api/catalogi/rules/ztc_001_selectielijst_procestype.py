"""ztc-001: the procestype of a zaaktype is one of the selectielijst."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.rules.selectielijst import unusable
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation
from api.selectielijst.lookup import Kind


@rule
def procestype_found(write: Write) -> Iterator[Violation]:
    """``selectielijstProcestype``, where it is given."""
    yield from unusable(write, "selectielijst_procestype", "selectielijstProcestype", Kind.PROCESTYPE)
