"""``manage.py rule zrc-007``: where a rule of the standard lives, what uses it and what tests it."""

import inspect
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from api.pipeline.declare.operations import Operation
from api.pipeline.words.marks import Registered, registered
from api.pipeline.words.registry import resources
from api.pipeline.words.served import Served

ROOT = Path(__file__).resolve().parents[4]
LEDGER = ROOT / "docs" / "standard" / "rules.toml"
NAMES_EVERY_NUMBER = "test_rule_ledger.py"


class Command(BaseCommand):
    help = "Show a numbered rule of the standard: its status, functions, resources and tests."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="for instance zrc-007")

    def handle(self, *, number: str, **_options: object) -> None:
        number = number.lower()
        entries = [entry for entry in _ledger() if entry["number"] == number]
        if not entries:
            message = f"{number} is no rule of the standard; {LEDGER.relative_to(ROOT)} lists them all"
            raise CommandError(message)
        import_module(settings.ROOT_URLCONF)
        for entry in entries:
            self._show(entry, spoken_of_as=_key(entry) if len(entries) > 1 else number)

    def _show(self, entry: dict[str, Any], *, spoken_of_as: str) -> None:
        self.stdout.write(f"{_key(entry)} ({entry['status']}): {entry['title']}")
        for module in entry.get("built_in", ()):
            import_module(module)
            self.stdout.write(f"  {module}")
        functions = [each for each in registered() if each.key == _key(entry)]
        self._section("functions", [_described(function) for function in functions])
        self._section("used by", _users(functions))
        self._section("tests", _tests(spoken_of_as))
        self.stdout.write("")

    def _section(self, title: str, lines: list[str]) -> None:
        self.stdout.write(f"\n{title}")
        for line in lines or ["none"]:
            self.stdout.write(f"  {line}")


def _ledger() -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = tomllib.loads(LEDGER.read_text(encoding="utf-8"))["rule"]
    return rules


def _key(entry: dict[str, Any]) -> str:
    """The standard gives some numbers to two rules; with the subject it is one."""
    return f"{entry['number']} {entry['subject']}"


def _described(rule: Registered) -> str:
    summary = (inspect.getdoc(rule.function) or "").partition("\n")[0]
    return f"{rule.kind:<6} {_dotted(rule)}: {summary}"


def _dotted(rule: Registered) -> str:
    return f"{rule.function.__module__}.{rule.function.__qualname__}"


def _users(rules: list[Registered]) -> list[str]:
    """Resource and operations, one resource a line."""
    if any(rule.kind == "keeps" for rule in rules):
        return ["the pipeline, for every resource"]
    used = {
        f"{resource.api.name}/{resource.open_path()}": [
            name for name, operation in resource.operations.items() if _uses(resource, operation, rules)
        ]
        for resource in resources()
    }
    return [f"{place}: {', '.join(operations)}" for place, operations in used.items() if operations]


def _uses(resource: type[Served], operation: Operation, rules: list[Registered]) -> bool:
    """Whether it calls one of the functions, or is judged by rights that one of them makes."""
    called = {rule.function for rule in rules}.intersection(operation.functions)
    return bool(called) or resource.rights.rule(operation.scope) in {rule.key for rule in rules}


def _tests(rule: str) -> list[str]:
    return sorted(str(file.relative_to(ROOT)) for file in _mentioning(rule))


def _mentioning(rule: str) -> Iterator[Path]:
    name = rule.replace("-", "_").replace(" ", "_")
    for file in (ROOT / "tests").rglob("test_*.py"):
        if file.name != NAMES_EVERY_NUMBER and (
            name in file.name or rule in file.read_text(encoding="utf-8")
        ):
            yield file
