"""``manage.py create_credential``."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from api.clients.models import Applicatie, ClientId, Credential
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient

CATALOGUSSEN = "/catalogi/api/v1/catalogussen"


def create(*flags: str, secret: str = "x" * 32, municipality: str = "haarlem", client_id: str = "app") -> str:
    return run("--secret", secret, *flags, municipality=municipality, client_id=client_id)


def run(*flags: str, municipality: str = "haarlem", client_id: str = "app") -> str:
    said = StringIO()
    arguments = ["--municipality", municipality, "--client-id", client_id]
    call_command("create_credential", *arguments, *flags, stdout=said)
    return said.getvalue()


def kept(municipality: Municipality) -> str:
    with in_municipality(municipality):
        return Credential.objects.get(client_id="app").secret


def called(municipality: Municipality) -> int:
    """What the catalogue answers the application."""
    with in_municipality(municipality):
        credential = Credential.objects.get(client_id="app")
    return int(ApiClient(municipality, credential).get(CATALOGUSSEN).status_code)


def test_a_superuser_may_do_everything_here_and_is_nobody_elsewhere(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    assert "Made the credential of app." in create("--superuser")
    assert called(haarlem) == 200
    with in_municipality(utrecht):
        assert not Credential.objects.exists()


def test_without_application_it_may_do_nothing(haarlem: Municipality) -> None:
    assert "No applicatie has this client id yet" in create("--no-application")
    assert called(haarlem) == 403


def test_again_changes_nothing(haarlem: Municipality) -> None:
    create("--superuser")
    assert "stood already" in create("--superuser")
    with in_municipality(haarlem):
        assert (Credential.objects.count(), Applicatie.objects.count(), ClientId.objects.count()) == (1, 1, 1)


def test_a_deleted_applicatie_comes_back_as_the_one_it_was(haarlem: Municipality) -> None:
    create("--superuser")
    with in_municipality(haarlem):
        former = Applicatie.objects.get()
        Applicatie.objects.all().delete()
    assert "Brought back its deleted applicatie" in create("--superuser")
    with in_municipality(haarlem):
        assert Applicatie.objects.get() == former


def test_an_id_that_another_applicatie_dropped_is_refused(haarlem: Municipality) -> None:
    create("--superuser")
    with in_municipality(haarlem):
        ClientId.objects.all().delete()
    with pytest.raises(CommandError, match="give it back"):
        create("--superuser")


def test_a_new_secret_replaces_the_old_one(haarlem: Municipality) -> None:
    create("--superuser")
    assert "Changed the secret of app." in create(secret="y" * 32)
    assert called(haarlem) == 200


def test_it_never_says_a_given_secret(haarlem: Municipality) -> None:
    assert "x" * 32 not in create("--superuser")


def test_without_a_secret_it_makes_a_long_one_and_says_it(haarlem: Municipality) -> None:
    said = run("--superuser")

    assert kept(haarlem) in said
    assert len(kept(haarlem)) >= 32
    assert called(haarlem) == 200


def test_again_without_a_secret_it_keeps_the_one_that_is_there(haarlem: Municipality) -> None:
    run()
    first = kept(haarlem)
    said = run()

    assert "stood already" in said
    assert (first in said, kept(haarlem)) == (False, first)


def test_a_secret_comes_from_standard_input(haarlem: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(f"{'z' * 32}\r\nanother line"))

    assert "z" * 32 not in run("--secret-stdin")
    assert kept(haarlem) == "z" * 32


def test_nothing_on_standard_input_is_no_secret(
    haarlem: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(""))

    with pytest.raises(CommandError):
        run("--secret-stdin", "--allow-short")


def test_one_secret_is_given_in_one_way(haarlem: Municipality) -> None:
    with pytest.raises(CommandError):
        create("--secret-stdin")


def test_a_secret_one_short_is_only_taken_where_that_is_asked(haarlem: Municipality) -> None:
    with pytest.raises(CommandError, match="32 to 255"):
        create(secret="x" * 31)
    create("--allow-short", secret="x" * 31)

    assert kept(haarlem) == "x" * 31


@pytest.mark.parametrize(
    "wrong", [{"municipality": "leiden"}, {"client_id": ""}, {"client_id": "x" * 51}, {"secret": ""}]
)
def test_what_makes_no_sense_is_refused(haarlem: Municipality, wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        create(**wrong)
    with in_municipality(haarlem):
        assert not Credential.objects.exists()
