"""``manage.py rule zrc-007``: where a rule of the standard lives, what uses it and what tests it."""

import inspect
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from api.pipeline.declare.rules import Registered, registered
from api.pipeline.words.registry import resources

ROOT = Path(__file__).resolve().parents[4]
LEDGER = ROOT / "docs" / "standard" / "rules.toml"
NAMES_EVERY_NUMBER = "test_rule_ledger.py"


class Command(BaseCommand):
    help = "Show a numbered rule of the standard: its status, functions, resources and tests."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="for instance zrc-007")

    def handle(self, *, number: str, **_options: object) -> None:
        entries = [entry for entry in _ledger() if entry["number"] == number]
        if not entries:
            message = f"{number} is no rule of the standard; {LEDGER.relative_to(ROOT)} lists them all"
            raise CommandError(message)
        for entry in entries:
            self.stdout.write(f"{number} {entry['subject']} ({entry['status']}): {entry['title']}")
            for module in entry.get("built_in", ()):
                import_module(module)
                self.stdout.write(f"  {module}")
        import_module(settings.ROOT_URLCONF)
        functions = registered().get(number, [])
        self._section("functions", [_described(function) for function in functions])
        self._section("used by", _users(functions))
        self._section("tests", _tests(number))

    def _section(self, title: str, lines: list[str]) -> None:
        self.stdout.write(f"\n{title}")
        for line in lines or ["none"]:
            self.stdout.write(f"  {line}")


def _ledger() -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = tomllib.loads(LEDGER.read_text(encoding="utf-8"))["rule"]
    return rules


def _described(rule: Registered) -> str:
    summary = (inspect.getdoc(rule.function) or "").partition("\n")[0]
    return f"{rule.kind:<6} {_dotted(rule)}: {summary}"


def _dotted(rule: Registered) -> str:
    # Rights that carry a rule (zrc-006, ztc-014) are values: their class has the name.
    name = getattr(rule.function, "__qualname__", type(rule.function).__qualname__)
    return f"{rule.function.__module__}.{name}"


def _users(rules: list[Registered]) -> list[str]:
    """Resource and operations, one resource a line."""
    functions = {rule.function for rule in rules}
    used = {
        f"{resource.api.name}/{resource.open_path()}": [
            name
            for name, operation in resource.operations.items()
            if functions.intersection((resource.rights, *operation.functions))
        ]
        for resource in resources()
    }
    return [f"{place}: {', '.join(operations)}" for place, operations in used.items() if operations]


def _tests(number: str) -> list[str]:
    return sorted(str(file.relative_to(ROOT)) for file in _mentioning(number))


def _mentioning(number: str) -> Iterator[Path]:
    name = number.replace("-", "_")
    for file in (ROOT / "tests").rglob("test_*.py"):
        if file.name != NAMES_EVERY_NUMBER and (
            name in file.name or number in file.read_text(encoding="utf-8")
        ):
            yield file
