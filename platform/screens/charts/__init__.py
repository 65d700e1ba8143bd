"""Charts drawn on the server: a sentence, an SVG without script or style, and the same numbers as a table."""
