"""What a spreadsheet makes of a text."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """The same text to a reader, and no formula to a spreadsheet."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
