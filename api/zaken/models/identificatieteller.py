"""The counters from which identifications are made."""

from __future__ import annotations

from django.db import connection, models

NEXT_NUMBER = """
    INSERT INTO zaken_identificatieteller AS teller (soort, organisatie, jaar, waarde)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (soort, organisatie, jaar) DO UPDATE SET waarde = teller.waarde + EXCLUDED.waarde
    RETURNING waarde
"""


class TellerManager(models.Manager["IdentificatieTeller"]):
    def next_number(self, soort: str, organisatie: str, jaar: int, count: int = 1) -> int:
        """The next number, from 1; of ``count`` numbers at once, the last.

        The row stays locked until the transaction ends: a number that is rolled back is given
        again, and two transactions never get the same one.
        """
        with connection.cursor() as cursor:
            cursor.execute(NEXT_NUMBER, (soort, organisatie, jaar, count))
            (number,) = cursor.fetchone()
        return int(number)


class IdentificatieTeller(models.Model):
    """The highest number given out for one kind of object, organisation (RSIN) and year."""

    pk = models.CompositePrimaryKey("soort", "organisatie", "jaar")
    soort = models.CharField(max_length=20)
    organisatie = models.CharField(max_length=9)
    jaar = models.PositiveSmallIntegerField()
    waarde = models.PositiveBigIntegerField()

    objects = TellerManager()

    def __str__(self) -> str:
        return f"{self.soort} {self.organisatie} {self.jaar}: {self.waarde}"
