"""What a refusal says, for assertions that read as the standard does."""

from __future__ import annotations

from tests.api.client import Response


def violations(response: Response) -> list[tuple[str, str]]:
    """(name, code) of each entry of ``invalidParams`` of a 400."""
    assert response.status_code == 400, response.content
    return [(each["name"], each["code"]) for each in response.json()["invalidParams"]]
