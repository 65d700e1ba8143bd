"""What a command of the registry did stands in the log, with the command line as who did it."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from backoffice.models import LogLine as VendorsLine
from tenants.console.models import LogLine
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

COMMANDS: dict[tuple[str, ...], str] = {
    ("require_second_factor", "--municipality", "haarlem", "--not"): "tweede factor niet meer verplicht",
    ("allow_host", "--municipality", "haarlem", "127.0.0.1:8443"): "host toegestaan",
    ("answer_as_open_zaak", "--municipality", "haarlem", "--not"): "standaard gevolgd",
    ("set_selectielijst", "--municipality", "haarlem", "https://l.example/api"): "selectielijst gewijzigd",
}


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_the_vendors_log_tells_it(haarlem: Municipality, words: tuple[str, ...]) -> None:
    call_command(*words, verbosity=0)

    line = VendorsLine.objects.get(person="Opdrachtregel")
    assert (line.person, line.action, line.municipality) == ("Opdrachtregel", COMMANDS[words], "haarlem")


@pytest.mark.parametrize("words", list(COMMANDS)[:2], ids=lambda words: words[0])
def test_what_stood_already_is_not_told_twice(haarlem: Municipality, words: tuple[str, ...]) -> None:
    call_command(*words, verbosity=0)
    call_command(*words, verbosity=0)

    assert VendorsLine.objects.filter(person="Opdrachtregel").count() == 1


def test_a_secret_is_in_the_log_of_the_municipality_without_its_text(haarlem: Municipality) -> None:
    for secret in ("eerste geheim van vele tekens ......", "tweede geheim van vele tekens ....."):
        call_command("create_credential", municipality="haarlem", client_id="app", secret=secret, verbosity=0)

    with in_municipality(haarlem):
        lines = list(LogLine.objects.order_by("pk"))
    assert [line.action for line in lines] == ["geheim gemaakt", "geheim gewijzigd"]
    assert {line.person for line in lines} == {"Opdrachtregel"}
    assert "geheim van" not in str([line.__dict__ for line in lines])
