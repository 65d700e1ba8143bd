"""Expand in the Documenten API: as far, as deep and as strict as in the others."""

from __future__ import annotations

import pytest

from api.documenten.models import EnkelvoudigInformatieObject, Gebruiksrechten
from api.pipeline.represent.expand import MAX_DEPTH, parse
from api.pipeline.words.refusals import Invalid, NotFound


def test_what_the_oas_marks_is_expanded() -> None:
    """drc-011 expand bereik: related types of the catalogue too, and nothing in another house."""
    assert parse(["informatieobject.informatieobjecttype.catalogus"], Gebruiksrechten)
    with pytest.raises(NotFound):
        parse(["bestandsdelen"], EnkelvoudigInformatieObject)


def test_it_goes_deeper_than_three() -> None:
    """drc-012 expand diepte: to the limit that holds for all, as the release notes of 1.6 have it."""
    path = ["informatieobject", "informatieobjecttype", "catalogus", "zaaktypen"]
    assert parse([".".join(path)], Gebruiksrechten)
    with pytest.raises(Invalid):
        parse([".".join([*path, *["catalogus", "informatieobjecttypen"] * MAX_DEPTH])], Gebruiksrechten)


def test_a_step_that_is_no_relation_is_refused() -> None:
    """drc-013 expand pad."""
    with pytest.raises(NotFound):
        parse(["titel"], EnkelvoudigInformatieObject)


def test_what_cannot_be_fetched_refuses_the_whole_request() -> None:
    """drc-014 expand onbereikbaar: beside what is right as well."""
    with pytest.raises(NotFound):
        parse(["informatieobjecttype", "nergens"], EnkelvoudigInformatieObject)
