"""Which relations a reader wants in full."""

from __future__ import annotations

Tree = tuple[tuple[str, "Tree"], ...]
"""Relations by name, each with those of what it leads to.

Sorted, hashable: the same wishes in another order are the same tree.
"""

EMPTY: Tree = ()
