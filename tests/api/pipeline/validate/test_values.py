"""Values at the edge of what a column holds."""

from __future__ import annotations

import pytest
from rest_framework.serializers import ValidationError

from api.pipeline.validate.values import MomentField


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_a_moment_that_does_not_exist_in_utc_is_refused(moment: str) -> None:
    with pytest.raises(ValidationError) as refused:
        MomentField().run_validation(moment)

    assert refused.value.get_codes() == ["overflow"]
