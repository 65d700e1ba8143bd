"""An OpenAPI document in which references can be followed, into the files beside it as well."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]  # the shape is the document's, and differs at every node


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document; ``file`` is where its relative references start, if it came from one."""

    content: Json
    file: Path | None = None

    def follow(self, reference: str) -> tuple[Json, Document]:
        """The node behind a ``$ref``, and the document that the references within it belong to."""
        name, _, pointer = reference.partition("#")
        document = self._beside(name) if name else self
        node: Json = document.content
        for part in pointer.strip("/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node, document

    def _beside(self, name: str) -> Document:
        if self.file is None:
            message = f"a served document refers to another file: {name}"
            raise ValueError(message)
        return load((self.file.parent / name).resolve())

    def resolve(self, node: Json) -> Json:
        """The node itself, or what it refers to within this document."""
        return self.follow(node["$ref"])[0] if "$ref" in node else node


@cache
def load(file: Path) -> Document:
    """One of the official files."""
    with file.open(encoding="utf-8") as stream:
        # The safe loader, written in C: the files hold 50,000 lines.
        return Document(yaml.load(stream, Loader=yaml.CSafeLoader), file)
