"""HTML as plain text, in one pass over it: no tag survives, nor what a browser would run or fetch.

What comes out is shown escaped as any text is; this is there to be read, and safety does not rest on it.
"""

from __future__ import annotations

import html
import re

from helpdesk.mail.quoting import ABOVE

LONGEST = 500_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)([^<>]*)>|<[!?/][^<>]*>")
_DROPPED = frozenset({"script", "style", "head", "title", "template", "object", "svg", "math", "noscript"})
_BLOCKS = frozenset(
    {
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section"),
        *("table", "tr", "ul"),
    }
)
_HREF = re.compile(
    r"""\bhref\s*=\s*(?:"(https?://[^"]*)"|'(https?://[^']*)'|(https?://\S+))""", re.IGNORECASE
)
_QUOTES = re.compile(
    r"gmail_quote|divRplyFwdMsg|appendonsend|type\s*=\s*[\"']?cite|moz-cite-prefix", re.IGNORECASE
)
_LONGEST_LINK = 300
_QUOTED = "-----Oorspronkelijk bericht-----"


def text_of_html(source: str) -> str:
    """At most of the first half million characters."""
    reader = _Reader(_without_comments(source[:LONGEST]))
    reader.read()
    return _tidied("".join(reader.parts))


def _without_comments(source: str) -> str:
    parts, at = [], 0
    while (start := source.find("<!--", at)) >= 0:
        parts.append(source[at:start])
        end = source.find("-->", start + 4)
        if end < 0:
            return "".join(parts)
        at = end + 3
    return "".join([*parts, source[at:]])


class _Reader:
    """Goes from tag to tag; ``parts`` is what there is to read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.link = ""
        self.quoted = False

    def read(self) -> None:
        at = 0
        while (match := _TAG.search(self.source, at)) is not None:
            self._words(self.source[at : match.start()])
            at = match.end()
            if match.group(2):
                at = self._tag(match, at)
        self._words(self.source[at:])

    def _words(self, raw: str) -> None:
        words = re.sub(r"\s+", " ", html.unescape(raw))
        if words:
            self.parts.append(words)

    def _tag(self, match: re.Match[str], at: int) -> int:
        """Where to go on."""
        closes, name, attributes = bool(match.group(1)), match.group(2).lower(), match.group(3)
        if name in _DROPPED and not closes:
            end = re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE).search(self.source, at)
            return len(self.source) if end is None else end.end()
        if not closes and not self.quoted and _QUOTES.search(attributes):
            self.parts.append(f"\n{_QUOTED}\n")
            self.quoted = True
        if name in _BLOCKS:
            self.parts.append("\n- " if name == "li" and not closes else "\n")
        elif name in {"td", "th"} and closes:
            self.parts.append("\t")
        elif name == "a":
            self._link(attributes, closes=closes)
        return at

    def _link(self, attributes: str, *, closes: bool) -> None:
        """Where a link leads stands after its words: what a reader sees is what there is."""
        if not closes:
            found = _HREF.search(attributes[:2000])
            self.link = html.unescape(next(filter(None, found.groups()), "")) if found else ""
            return
        if self.link and len(self.link) <= _LONGEST_LINK and self.link not in "".join(self.parts[-3:]):
            self.parts.append(f" ({self.link})")
        self.link = ""


def _tidied(text: str) -> str:
    lines = [re.sub(r"[ \u00a0]+", " ", line).strip(" ") for line in text.split("\n")]
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return tidy.replace(f"{_QUOTED}\n\n{ABOVE}", ABOVE).strip("\n")
