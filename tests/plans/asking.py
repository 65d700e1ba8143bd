"""A question is asked as an application does, and what PostgreSQL did for it is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, Response
from tests.plans.questions import Question
from tests.plans.values import SELECTIVE

OK, PAGE = 200, 100
READING = ("SELECT", "WITH")
"""How a statement begins that finds rows."""
LARGE = 5_000
"""A table of so many rows is not read whole, nor are so many sorted for a page where nothing is narrowed."""
TOUCHED, TOUCHED_FOR_EACH = 2_000, 10
"""So many rows may be looked at, and so many more for each that is found, where few are."""
MOST_OF = 4
"""Where less than one of so many rows of a table is found, it is not read from end to end."""
Plan = dict[str, Any]


def turned(api: ApiClient, question: Question) -> Question:
    """The question with the number of its page, of which only whoever asks knows how many there are."""
    if not question.at:
        return question
    number = max(1, round(question.at * -(-count_of(ask(api, question)) // PAGE)))
    return replace(question, query={**question.query, "page": str(number)})


def ask(api: ApiClient, question: Question) -> Response:
    """The answer, which is one."""
    url = f"{question.path}?{urlencode(question.query)}" if question.query else question.path
    answer = api.get(url) if question.body is None else api.post(url, dict(question.body))
    assert answer.status_code == OK, (question, answer.content[:500])
    return answer


def count_of(answer: Response) -> int:
    """How many rows there are, of which a page may show some."""
    found = answer.json()
    return len(found) if isinstance(found, list) else int(found["count"])


def problems_of(api: ApiClient, question: Question, *, everybody: ApiClient) -> list[str]:
    """What is wrong with how it is answered; nothing where it is as it should be.

    What a filter finds is what ``everybody`` may see of it: no index has a filter of one table together with
    the rights, which are another's.
    """
    found = count_of(ask(everybody, question))
    question = turned(api, question)
    with CaptureQueriesContext(connection) as captured:
        ask(api, question)
    statements = [each["sql"] for each in captured.captured_queries if each["sql"].startswith(READING)]
    with in_municipality(api.municipality):
        nodes = [node for each in statements for node in _executed(_explained(each))]
    problems = [
        f"reads all of {node['Relation Name']} for {found:,}" for node in nodes if _reads_all(node, found)
    ]
    if question.narrows_nothing:
        problems += [f"sorts {_sorted(node):,}" for node in nodes if _sorted(node) > LARGE]
    touched = sum(_touched(node) for node in nodes)
    if found <= SELECTIVE and touched > TOUCHED + TOUCHED_FOR_EACH * found:
        problems.append(f"looks at {touched:,} rows for {found}")
    return problems


def _explained(statement: str) -> Plan:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING off, FORMAT json) {statement}")
        ((found,),) = cursor.fetchall()
    return dict(found[0]["Plan"])


def _executed(plan: Plan) -> Iterator[Plan]:
    """The nodes that ran; a branch that was not taken counts for nothing."""
    if plan["Actual Loops"]:
        yield plan
    for below in plan.get("Plans", ()):
        yield from _executed(below)


def _rows(node: Plan) -> int:
    return int(node["Actual Rows"] * node["Actual Loops"])


def _touched(node: Plan) -> int:
    """Of a scan, what it found and what it threw away again."""
    if "Scan" not in node["Node Type"] or "Relation Name" not in node:
        return 0
    thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int(_rows(node) + thrown * node["Actual Loops"])


def _reads_all(node: Plan, rows: int) -> bool:
    """Who asks for most of a table may have it read from end to end."""
    return node["Node Type"] == "Seq Scan" and _touched(node) > max(LARGE, MOST_OF * rows)


def _sorted(node: Plan) -> int:
    return max(_rows(below) for below in node["Plans"]) if node["Node Type"] == "Sort" else 0
