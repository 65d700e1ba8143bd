"""A catalogus, or one zaaktype, as a zip of JSON files: out of one municipality and into another."""
