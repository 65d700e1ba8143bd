"""What happened to a contract: who did it, for which side, and when."""

from __future__ import annotations

from django.db import models

from contracts.models.agreed import OfVersion
from contracts.models.contract import Contract
from contracts.models.contract_version import ContractVersion
from contracts.states import Side


class ContractEntry(OfVersion):
    """Nobody changes one. A municipality sees it once the version was offered."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="entries")
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    act = models.CharField(max_length=20, help_text="As contracts.states calls it.")
    side = models.CharField(max_length=11, choices=Side)
    person = models.CharField(max_length=254)
    words = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.act}: {self.person}"
