"""A recognisable catalogue and realistic zaken, for demonstration and measurement."""
