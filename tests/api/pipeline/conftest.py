"""The cast of the zaken, for what the pipeline does with requests about them."""

from tests.api.zaken.conftest import catalogue, zaak

__all__ = ("catalogue", "zaak")
