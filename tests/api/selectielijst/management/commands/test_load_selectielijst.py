from __future__ import annotations

from io import StringIO

from django.core.management import call_command

from api.selectielijst.models import GeladenVersie


def load(verbosity: int = 1) -> str:
    said = StringIO()
    call_command("load_selectielijst", stdout=said, verbosity=verbosity)
    return said.getvalue().strip()


def test_it_says_which_version_is_loaded(db: None) -> None:
    GeladenVersie.objects.all().delete()

    assert load() == "Selectielijst 2026.2 is loaded."


def test_loading_again_says_so(db: None) -> None:
    assert load() == "Selectielijst 2026.2 stood already."


def test_it_can_be_silent(db: None) -> None:
    assert load(verbosity=0) == ""
