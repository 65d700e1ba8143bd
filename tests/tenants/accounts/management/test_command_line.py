"""What a command of the registry did stands in the log, with the command line as who did it."""

from __future__ import annotations

import pytest
from django.apps import apps as django_apps
from django.core.management import CommandError, call_command, get_commands

from backoffice.models import LogLine as VendorsLine
from tenants.console.models import LogLine
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

COMMANDS: dict[tuple[str, ...], str] = {
    ("require_second_factor", "--municipality", "haarlem", "--not"): "tweede factor niet meer verplicht",
    ("allow_host", "--municipality", "haarlem", "127.0.0.1:8443"): "host toegestaan",
    ("answer_as_open_zaak", "--municipality", "haarlem", "--not"): "standaard gevolgd",
    ("limit_documents", "--municipality", "haarlem", "--mebibytes", "100"): "grootste document gewijzigd",
    ("check_viruses", "--municipality", "haarlem", "--pass-unchecked"): "ongecontroleerde inhoud toegelaten",
    ("set_selectielijst", "--municipality", "haarlem", "https://l.example/api"): "selectielijst gewijzigd",
    ("change_state", "--municipality", "haarlem", "--reason", "Storing.", "beperkt"): "staat gewijzigd",
    ("sign_downloads", "--municipality", "haarlem"): "ondertekende downloads aangezet",
}
ELSEWHERE = {
    "move_documents": "tests/api/documenten/test_moving.py, where there are storages to move between",
    "onboard_municipality": "tests/tenants/onboarding, where what it commits is taken away again",
    "create_credential": "the log of the municipality, see below",
    "add_organisation": "tests/backoffice/views/test_partner_aboard.py, since it is of no municipality",
}
CHANGES_NO_REGISTRY = {
    "components",
    "translate",
    "rule",
    "token",
    "export_catalogue",
    # reports, whose own lines of the log tell it
    "receive_mail",
    "serve_lmtp",
    # of a municipality, by the pipeline, whose audit trail tells it
    "import_catalogue",
    "generate_zaken",
    "generate_documenten",
    # of a municipality, what follows from its rows
    "count_rows",
    # lists of the project itself, the same for everybody
    "load_selectielijst",
    "migrate",
    "migrate_schemas",
}
OF_A_DEMONSTRATION = {
    "seed_demo": "makes people and municipalities out of nothing, on an empty deployment",
    "seed_helpdesk": "has those people agree and report, as their pages do, which log it",
}


def own_commands() -> set[str]:
    """Those of the project's own apps."""
    apps = {config.name for config in django_apps.get_app_configs() if "site-packages" not in config.path}
    return {name for name, app in get_commands().items() if app in apps}


def test_every_command_is_known_to_log_or_to_change_nothing() -> None:
    logs = {words[0] for words in COMMANDS}
    found = own_commands()

    assert "change_state" in found
    assert found == logs | ELSEWHERE.keys() | CHANGES_NO_REGISTRY | OF_A_DEMONSTRATION.keys()


def lines_told() -> set[int]:
    """The municipalities of the tests came aboard by the command line too."""
    return set(VendorsLine.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_the_vendors_log_tells_it(haarlem: Municipality, words: tuple[str, ...]) -> None:
    before = lines_told()
    call_command(*words, verbosity=0)

    (line,) = [each for each in VendorsLine.objects.all() if each.pk not in before]
    assert (line.person, line.action, line.municipality) == ("Opdrachtregel", COMMANDS[words], "haarlem")


@pytest.mark.parametrize(
    "words", [words for words in COMMANDS if words[0] != "set_selectielijst"], ids=lambda words: words[0]
)
def test_what_stood_already_is_not_told_twice(haarlem: Municipality, words: tuple[str, ...]) -> None:
    before = lines_told()
    call_command(*words, verbosity=0)
    call_command(*words, verbosity=0)

    assert len(lines_told() - before) == 1


def test_a_secret_is_in_the_log_of_the_municipality_without_its_text(haarlem: Municipality) -> None:
    for secret in ("eerste geheim van vele tekens ......", "tweede geheim van vele tekens ....."):
        call_command("create_credential", municipality="haarlem", client_id="app", secret=secret, verbosity=0)

    with in_municipality(haarlem):
        lines = list(LogLine.objects.order_by("pk"))
    assert [line.action for line in lines] == ["geheim gemaakt", "geheim gewijzigd"]
    assert {line.person for line in lines} == {"Opdrachtregel"}
    assert "geheim van" not in str([line.__dict__ for line in lines])


def test_all_rights_are_in_the_log_of_the_municipality(haarlem: Municipality) -> None:
    for _ in range(2):
        call_command("create_credential", municipality="haarlem", client_id="app", superuser=True)

    with in_municipality(haarlem):
        lines = list(LogLine.objects.order_by("pk"))
    assert [(line.person, line.action) for line in lines] == [
        ("Opdrachtregel", "geheim gemaakt"),
        ("Opdrachtregel", "alle rechten gegeven"),
    ]


# The state of a municipality, by the function of its page ----------------------------------------


def changed(*words: str) -> None:
    call_command("change_state", "--municipality", "haarlem", *words, verbosity=0)


def test_a_state_is_changed_with_its_reason(haarlem: Municipality) -> None:
    changed("--reason", "Storing bij de leverancier.", "beperkt")
    change = haarlem.state_changes.get(after="beperkt")
    line = VendorsLine.objects.filter(action="staat gewijzigd").latest("pk")

    assert (change.actor, change.reason) == ("Opdrachtregel", "Storing bij de leverancier.")
    assert line.changes == {
        "staat": ["actief", "beperkt"],
        "reden": [None, "Storing bij de leverancier."],
    }
    assert line.subject == "Haarlem (productie)"


@pytest.mark.parametrize(
    "words",
    [
        ("--reason", " ", "beperkt"),
        ("beperkt",),
        ("--reason", "x", "in_inrichting"),
        ("--reason", "x", "weg"),
        ("--reason", "x", "beeindigd"),
        ("--reason", "x", "--naam", "haarlem", "beeindigd"),
    ],
)
def test_what_cannot_be_changes_nothing(haarlem: Municipality, words: tuple[str, ...]) -> None:
    before = lines_told()
    with pytest.raises(CommandError):
        changed(*words)

    haarlem.refresh_from_db()
    assert haarlem.status == "actief"
    assert lines_told() == before


def test_ending_asks_for_the_name(haarlem: Municipality) -> None:
    changed("--reason", "Zij zijn verhuisd.", "in_exit")
    changed("--reason", "Zij zijn verhuisd.", "--naam", "Haarlem", "beeindigd")

    haarlem.refresh_from_db()
    assert haarlem.status == "beeindigd"


def test_onboarding_opens_a_municipality_and_no_command(haarlem: Municipality) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status="in_inrichting")

    with pytest.raises(CommandError, match="inrichting"):
        changed("--reason", "Het duurt lang.", "actief")


def test_nobody_is_not_there() -> None:
    with pytest.raises(CommandError, match="no municipality"):
        call_command("change_state", "--municipality", "weg", "--reason", "x", "beperkt")
