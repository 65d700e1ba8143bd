"""Pages for people: what a municipality's host serves, and a documentation page for each API."""
