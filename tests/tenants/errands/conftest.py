from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import ProgrammingError, transaction


@pytest.fixture
def rolled_back() -> Callable[[], AbstractContextManager[None]]:
    """What happens within is refused by PostgreSQL."""

    @contextmanager
    def refused() -> Iterator[None]:
        with pytest.raises(ProgrammingError, match=r"permission denied|does not exist"), transaction.atomic():
            yield

    return refused
