"""House rules that a reader of one file would not notice broken."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work/(?:main|shared)|root/\w|home/\w+/|tmp/(?:wt|boot)\b)")
NAMELESS = {"utils", "helpers", "common", "mixins", "base", "misc"}
# Django finds a database backend by this name.
NAMED_BY_DJANGO = {"tenants/registry/postgresql/base.py"}
ANOTHER_DOOR = re.compile(r"\b(?:schema_context|tenant_context|set_tenant|set_schema|set_schema_to_public)\b")
KEEPERS_OF_THE_DOOR = {"tenants/registry/context.py", "tenants/registry/schemas.py"}


@cache
def sources() -> dict[str, str]:
    """Every text file that is kept in the repository, by its path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S607
    return {path: text for path in listed.stdout.split("\0") if (text := text_of(ROOT / path)) is not None}


def text_of(path: Path) -> str | None:
    try:
        return path.read_text()
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return None


def code() -> dict[str, str]:
    found = {
        path: text
        for path, text in sources().items()
        if path.endswith(".py") and path.startswith(("platform/", "tenants/", "api/"))
    }
    assert found
    return found


def test_no_file_holds_the_path_of_a_machine() -> None:
    assert [path for path, text in sources().items() if MACHINE_PATH.search(text)] == []


def test_no_module_is_a_drawer() -> None:
    assert {path for path in code() if NAMELESS & set(Path(path).with_suffix("").parts)} <= NAMED_BY_DJANGO


def test_there_is_one_door_between_schemas() -> None:
    assert {path for path, text in code().items() if ANOTHER_DOOR.search(text)} <= KEEPERS_OF_THE_DOOR


WRITERS = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Objects of the APIs change by carry_out alone, and these are what it calls, or are no objects of an API.
MAY_WRITE = {
    "api/pipeline/commit/saving.py": "the one place that saves and deletes a row",
    "api/pipeline/commit/effects.py": "a derived column of another row",
    "api/pipeline/commit/inserting.py": "new rows, also of the trail and the outbox",
    "api/catalogi/exchange/later.py": "files: a zip that waits, and what became of it",
    "api/catalogi/copying.py": "the parts of a copied type, as an effect",
    "api/catalogi/named.py": "the names of a type, stored with its row",
    "api/catalogi/required_eigenschappen.py": "the other side of a key of eigenschappen, stored with its row",
    "api/autorisaties/members.py": "the rights of an applicatie, stored with its row",
    "api/autorisaties/first_key.py": "a credential, which no API shows",
    "api/clients/client_ids.py": "the ids of an applicatie, stored with its row",
    "api/documenten/content/places.py": "who writes a part at its place, which no API shows",
    "api/documenten/content/rechecking.py": "marks of content that came in unchecked, which no API shows",
    "api/documenten/content/rows.py": "the rows of content, which no API shows",
    "api/documenten/content/sweeping.py": "the rows of content that nobody points at",
    "api/documenten/content/writing.py": "files in a storage",
    "api/documenten/parts.py": "the parts of a document, laid out and taken away with it",
    "api/documenten/rules/drc_008_verwijderen.py": "the trail of a document that is deleted, as an effect",
    "api/zaken/rules/zrc_023_verwijderen.py": "the trail of a zaak that is deleted, as an effect",
    "api/documenten/content/leaving.py": "bytes that no row points at, which no API shows",
    "api/documenten/importing/later.py": "how far an import is, and files: its table",
    "api/documenten/moving.py": "where content lies, which no API shows",
    "api/selectielijst/loading.py": "the national lists, which no API changes",
}
FOLDERS_THAT_MAY = ("/models/", "/migrations/", "/management/", "/demo/")


def writing_calls(text: str) -> set[str]:
    """The methods by which a source changes rows."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return {
        call.func.attr
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and (call.func.attr in WRITERS or (call.func.attr == "update" and call.keywords))
    }


def test_objects_of_the_apis_change_by_the_one_entry() -> None:
    writing = {path for path, text in code().items() if path.startswith("api/") and writing_calls(text)}
    loose = {path for path in writing if not any(folder in path for folder in FOLDERS_THAT_MAY)}
    assert loose == set(MAY_WRITE)
