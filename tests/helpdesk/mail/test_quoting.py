from __future__ import annotations

import pytest

from helpdesk.mail.quoting import ABOVE, parted


@pytest.mark.parametrize(
    "earlier",
    [
        f"{ABOVE}\nWat wij schreven",
        f"> {ABOVE}\n> Wat wij schreven",
        "> Wat wij schreven\n> en meer",
        "-----Oorspronkelijk bericht-----\nVan: wij",
        "Op do 26 nov 2026 om 13:00 schreef Leverancier <m@x.example>:\n> Wat wij schreven",
        "Op do 26 nov 2026 om 13:00 schreef\nLeverancier <m@x.example>:\n\n> Wat wij schreven",
        "On Thu, Nov 26, 2026 at 1:00 PM Vendor <m@x.example> wrote:\n> What we wrote",
        "Van: Leverancier\nVerzonden: donderdag\nAan: Kim\nOnderwerp: [2043]\n\nWat wij schreven",
        "*From:* Vendor\n*Sent:* Thursday\n*To:* Kim\n*Subject:* [2043]",
        "________________________________\nVan: Leverancier",
    ],
)
def test_what_was_said_before_is_cut_off(earlier: str) -> None:
    parts = parted(f"Het lukt nu.\n\nGroet, Kim\n\n{earlier}")

    assert parts.new == "Het lukt nu.\n\nGroet, Kim"
    assert parts.earlier == earlier.strip()


@pytest.mark.parametrize(
    "text",
    [
        "Het lukt niet.",
        "> Wat wij schreven\n\nHet antwoord eronder",
        "Goed.\n> vraag een\nantwoord een\n> vraag twee\nantwoord twee",
        "Van: wie komt dit?\nGeen idee.",
        "-- \nKim de Vries\nGemeente Haarlem",
        "",
        "Een lijst:\n- een\n- twee",
    ],
)
def test_what_cannot_be_cut_stays_whole(text: str) -> None:
    parts = parted(text)

    assert (parts.new, parts.earlier) == (text.strip(), "")
