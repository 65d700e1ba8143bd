"""drc-010: on a change only the lock is checked.

Once a final document could not be changed, nor the type of any; the standard dropped both. So the rules of a
change are those of the values, and the lock.
"""

from __future__ import annotations

from api.documenten.rules.drc_009_vergrendelen import lock_is_shown
from api.pipeline.declare.rules import Rule, shape


@shape
def rules_of_a_change(*of_values: Rule) -> tuple[Rule, ...]:
    """The lock first, and what the new values must be; nothing about what the document was."""
    return (lock_is_shown, *of_values)
