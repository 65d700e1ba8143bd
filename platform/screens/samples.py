"""Every component with content of a fictitious vendor, as `manage.py components` shows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html

from screens import formats
from screens.badges import STATES, badge
from screens.charts.bars import BarChart
from screens.charts.chart import WIDE, Limit, Point
from screens.charts.fleet import Fleet, Square
from screens.charts.line import LineChart
from screens.charts.spark import spark
from screens.confirm import TypeTheName
from screens.due import Due, DueKind, due, meter
from screens.forms.controls import InLine, Option
from screens.inline import Icon, Tone, added, link, mono, muted, numbered, removed, strong, toned
from screens.listing.found import Found, Pager
from screens.parts import (
    Act,
    Branch,
    Clock,
    Count,
    Crumb,
    Event,
    Held,
    Matrix,
    MatrixRow,
    Right,
    Step,
    StepState,
    Tab,
    Task,
    TaskState,
)
from screens.shell import Find, Group, Item, Person, Shell
from screens.tables import Cell, Choice, Heading, Row, RowGroup, Table

HERE = "#"
MONTHS = ["dec", "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov"]
UNMEASURED = range(50, 54)
CALLS = [4.2, 4.4, 5.1, 5.0, 5.3, None, 5.2, 5.9, 6.4, 6.9, 7.2, 5.8]


def sample_shell(*, gemeente: bool) -> Shell:
    return Shell(
        organisation="Gemeente Haarlem" if gemeente else "Stadhoek",
        console="Zaakplein, gemeenteconsole" if gemeente else "Leveranciersconsole",
        home="/componenten/",
        environment="Productie" if gemeente else "Acceptatie",
        production=gemeente,
        gemeente=gemeente,
        theme="haarlem" if gemeente else "",
        groups=[
            Group("", [Item("Vandaag", "/vandaag", "7", hot=True)]),
            Group(
                "Gemeenten",
                [Item("Gemeenten", "/gemeenten", "342"), Item("Uitrol", "/uitrol", "1 stopt", hot=True)],
            ),
            Group("Helpdesk", [Item("Meldingen", "/meldingen", "41"), Item("Storingen", "/storingen")]),
            Group(
                "Organisatie", [Item("Medewerkers en rollen", "/medewerkers"), Item("Logboek", "/logboek")]
            ),
        ],
        current="/gemeenten",
        person=Person("S. Yilmaz", "Stadhoek, eerste lijn", "/uitloggen", [Item("Mijn rechten", HERE)]),
        find=Find("/zoeken", "Zoek gemeente, melding of contract"),
        version="2026.11.3",
        foot=[Item("Broncode van deze versie (EUPL-1.2)", HERE), Item("Toegankelijkheid", HERE)],
    )


class KeyForm(forms.Form):
    credential = forms.CharField(widget=forms.HiddenInput)


class SampleForm(forms.Form):
    onderwerp = forms.CharField(label="Onderwerp", help_text="Eén zin. Geen persoonsgegevens.")
    gemeente = forms.ChoiceField(
        label="Gemeente en omgeving", choices=[("u", "Utrecht, productie"), ("h", "Haarlem, productie")]
    )
    bericht = forms.CharField(
        label="Bericht", help_text="De melder krijgt dit per e-mail.", widget=forms.Textarea({"rows": 4})
    )
    daarna = forms.ChoiceField(
        label="Wat gebeurt er met de melding?",
        widget=forms.RadioSelect,
        choices=[
            ("wij", Option("Wij blijven aan zet", "De klok voor de update begint opnieuw: 4 uur.")),
            ("melder", Option("Wacht op melder", "Alleen met een concrete vraag.")),
            ("opgelost", Option("Opgelost", "Kan pas na een antwoord aan de melder.", refused=True)),
        ],
    )
    wat = forms.MultipleChoiceField(
        label="Wat wilt u zien?",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("t", Option("Techniek", "Zonder inhoud.")),
            ("i", Option("Instellingen", "Zonder sleutels.")),
        ],
    )
    uren = forms.ChoiceField(
        label="Hoe lang?", widget=InLine, choices=[("1", "1 uur"), ("4", "4 uur"), ("8", "8 uur")]
    )
    intern = forms.BooleanField(
        label="Interne notitie", help_text="Niet zichtbaar voor de gemeente.", required=False
    )


def sample_form() -> SampleForm:
    return SampleForm(initial={"daarna": "wij", "uren": "4", "wat": ["t"]}, auto_id="vraag_%s")


def refused_form() -> SampleForm:
    return SampleForm({"gemeente": "u", "bericht": "Tekst", "wat": ["t"], "uren": "4"}, auto_id="fout_%s")


def listed() -> Found:
    return Found(
        table=Table(
            caption="Gemeenten met serviceniveau Plus",
            headings=[
                Heading("Gemeente", sort="?sort=-naam", direction="ascending"),
                Heading("Staat", sort="?sort=staat"),
                Heading("Versie"),
                Heading("Zaken", numeric=True, sort="?sort=zaken"),
                Heading("Aanroepen, 30 dagen", numeric=True),
                Heading("Contract tot", numeric=True),
            ],
            rows=[
                municipality_row(
                    "Alphen aan den Rijn", "", "actief", 214906, [3, 4, 4, 5, 4, 5, 6], "31-12-2027"
                ),
                municipality_row(
                    "Drechterland", "SED-organisatie", "actief", 31518, [1, 2, 1, 2], "31-01-2027"
                ),
                municipality_row(
                    "Gouda", "Overdracht aangevraagd", "storing", 176220, [5, 5, 2, 1], "30-06-2027"
                ),
                municipality_row("Houten", "", "beperkt", 74551, [3, 3, 2, 2], "31-12-2027"),
                municipality_row(
                    "Wijk bij Duurstede", "Stap 3 van 5", "in_inrichting", 0, [], "nog niet getekend"
                ),
            ],
            described_by="resultaat",
            selectable=True,
        ),
        pager=Pager("1 tot en met 15 van 128", [(50, "?per_page=50")], next="?page=2"),
        found="128 van 342 gemeenten",
        nothing="Nog geen gemeenten",
        nothing_found="Niets gevonden",
        advice="",
        filter_label="Filter gemeenten",
        filters=[],
        kept=[],
        chips=[("Serviceniveau: Plus", "?")],
        exports=[("Exporteer (CSV)", "?export=csv"), ("Exporteer (XLSX)", "?export=xlsx")],
        bulk=[Act("Aankondiging sturen", HERE), Act("Naar andere ring", HERE)],
    )


def municipality_row(  # noqa: PLR0913, PLR0917  # a line of a table that is written as one
    name: str, sub: str, state: str, zaken: int, calls: list[int], until: str
) -> Row:
    shape = (
        format_html("{} mln {}", formats.number(calls[-1], 1), spark(calls))
        if calls
        else muted("geen meting")
    )
    return Row(
        [
            Cell(link(name, HERE), sub=sub),
            Cell(badge(state)),
            Cell("2026.11.3", label="Versie"),
            Cell(formats.number(zaken), numeric=True, label="Zaken"),
            Cell(shape, numeric=True, label="Aanroepen"),
            Cell(
                toned(until, Tone.WARN, Icon.WARN) if "01-2027" in until else until, numeric=True, label="Tot"
            ),
        ],
        tone=Tone.BAD if state == "storing" else Tone.PLAIN,
        choice=Choice(name, name, checked=name == "Drechterland"),
    )


def queue() -> Table:
    def row(left: Due, number: str, words: str, who: str) -> Row:
        subject = numbered(number, words)
        taken = who or link("Oppakken", HERE, hidden=f"melding {number}")
        return Row(
            [
                Cell(due(left), wide=True),
                Cell(link(subject, HERE), sub="P2 storing", wide=True),
                Cell("Gouda"),
                Cell(taken, nowrap=True),
            ],
            tone=Tone.BAD if left.kind is DueKind.LATE else Tone.PLAIN,
        )

    return Table(
        caption="Open meldingen, gegroepeerd naar tijd die resteert",
        headings=[Heading("Resteert"), Heading("Melding"), Heading("Gemeente"), Heading("Van wie")],
        groups=[
            RowGroup(
                "Te laat, 1 melding",
                [row(Due(DueKind.LATE, "35 min te laat", 100), "2051", "Geen notificaties", "")],
            ),
            RowGroup(
                "Vandaag, 3 meldingen",
                [
                    row(
                        Due(DueKind.SOON, "nog 18 min", 92),
                        "2047",
                        "Inloggen geeft een lege pagina",
                        "S. Yilmaz",
                    ),
                    row(
                        Due(DueKind.OK, "nog 1 u 38 min", 60),
                        "2043",
                        "Zaken worden niet afgesloten",
                        "S. Yilmaz",
                    ),
                    row(Due(DueKind.STILL, "staat stil", 34), "2019", "Extra veld tonen", "J. Vos"),
                ],
            ),
        ],
    )


def price_lines() -> Table:
    def row(words: str, count: str, cents: int) -> Row:
        return Row(
            [
                Cell(words),
                Cell(count, numeric=True, label="Aantal"),
                Cell(formats.money(cents), numeric=True, label="Per jaar"),
            ]
        )

    return Table(
        caption="Prijsregels per jaar",
        headings=[Heading("Regel"), Heading("Aantal", numeric=True), Heading("Per jaar", numeric=True)],
        rows=[row("Basis, inwonersschijf 6", "1", 4_860_000), row("Korting serviceniveau", "1", -8_450)],
        foot=[Row([Cell("Samen"), Cell(formats.money(4_851_550))])],
    )


def differences() -> Table:
    return Table(
        caption="Verschillen tussen versie 3 en versie 4",
        headings=[Heading("Onderdeel"), Heading("Was"), Heading("Wordt")],
        rows=[
            Row(
                [
                    Cell("Doorlooptijd"),
                    Cell(removed("8 weken")),
                    Cell(added("7 weken")),
                ]
            ),
            Row(
                [
                    Cell("Statustype"),
                    Cell(muted("bestond niet")),
                    Cell(format_html("{}, na Advies", added("Aanvulling"))),
                ]
            ),
        ],
        diff=True,
        fold=False,
        scroll=True,
    )


def calls() -> BarChart:
    points = [
        Point(f"{month} 2026", value, month, running=month == "nov")
        for month, value in zip(MONTHS, CALLS, strict=True)
    ]
    return BarChart(
        name="aanroepen",
        title="Aanroepen per maand",
        sentence="Van 4,2 naar 7,2 miljoen in een jaar (+71 %). November loopt nog.",
        description="Staafdiagram van aanroepen per maand in miljoenen, december 2025 tot november 2026",
        points=points,
        headings=("Maand", "Aanroepen (miljoen)"),
        limit=Limit(8, "afgesproken 8 miljoen"),
        form=lambda value: formats.number(value, 1),
        csv=HERE,
    )


def storage() -> LineChart:
    ticks = {5: "sep", 35: "okt", 66: "nov", 89: "nu"}
    return LineChart(
        name="opslag",
        title="Opslag van documenten",
        sentence="Nu 1.812 GB van 2.000 GB (91 %). Op dit tempo vol op 22 januari 2027.",
        description="Lijndiagram van opslag in GB over 90 dagen, met 4 dagen zonder meting in oktober",
        points=[
            Point(
                f"dag {day + 1}",
                None if day in UNMEASURED else 1522 + day * 3.2 + day % 3,
                ticks.get(day, ""),
            )
            for day in range(90)
        ],
        headings=("Dag", "GB"),
        limit=Limit(2000, "limiet 2.000 GB"),
        width=WIDE,
        csv=HERE,
    )


def fleet() -> Fleet:
    squares = [Square.DONE] * 88 + [Square.FAILED] + [Square.READY] * 45 + [Square.WAITING] * 208
    return Fleet(
        name="Kaart van alle gemeenten",
        description="342 gemeenten: 88 klaar, 1 mislukt, 45 staan klaar in ring 2, 208 wachten in ring 3",
        squares=squares,
        key=[
            (Square.DONE, "88 klaar"),
            (Square.FAILED, "1 mislukt"),
            (Square.READY, "45 staan klaar in ring 2"),
            (Square.WAITING, "208 wachten in ring 3"),
        ],
    )


def rights() -> Matrix:
    yes, no, part = Right(Held.YES), Right(Held.NO), Right(Held.PART, "eigen")
    return Matrix(
        caption="Wat deze applicatie mag",
        corner="Waarop",
        columns=["Zien", "Aanmaken", "Wijzigen", "Verwijderen"],
        rows=[
            MatrixRow("Domein Bouwen", [yes, yes, yes, no], "9 zaaktypen"),
            MatrixRow("Documenten", [yes, yes, part, no], "volgen het recht op de zaak"),
        ],
    )


def samples() -> dict[str, Any]:  # what a page shows has many types
    now = timezone.now()
    return {
        "crumbs": [Crumb("Gemeenten", HERE)],
        "known": [
            "168.743 inwoners",
            format_html("Voor {}", link("melding 2043", HERE)),
            mono("OC-2026-0118"),
        ],
        "states": list(STATES),
        "counts": [
            Count("1", "klok te laat", HERE, Tone.BAD),
            Count("5", "klokken lopen vandaag af", HERE, Tone.WARN),
            Count("3", "toegang wacht op gemeente", HERE),
            Count("4", "contracten eindigen binnen 90 dagen", HERE),
        ],
        "tabs": [Tab("Overzicht", HERE, current=True), Tab("Omgevingen 3", HERE), Tab("Meldingen 2", HERE)],
        "clocks": [
            Clock("Eerste reactie", Due(DueKind.DONE, "gehaald", 39), "in 47 min van 2 uur"),
            Clock("Volgende update", Due(DueKind.SOON, "nog 18 min", 92), "uiterlijk vandaag 12:20"),
            Clock("Oplossing", Due(DueKind.OK, "nog 4 u 43 min", 57), "uiterlijk vandaag 15:25"),
        ],
        "steps": [
            Step("1. Gegevens", "klaar", StepState.DONE),
            Step("2. Domein en inloggen", "klaar", StepState.DONE),
            Step("3. Inrichten", "1 stap mislukt", StepState.FAILED, current=True),
            Step("4. Eerste beheerder", "nog niet"),
        ],
        "tasks": [
            Task("Eigen schema maken uit het sjabloon", TaskState.DONE, time="2,1 s", more="162 tabellen"),
            Task(
                "Certificaat aanvragen",
                TaskState.FAILED,
                "mislukt",
                "10:39, 3 pogingen",
                "DNS-record niet gevonden. Volgende poging vanzelf om 11:09.",
                act=Act("Herhaal deze stap nu", HERE),
            ),
            Task("Oefenomgeving vullen", TaskState.BUSY, "bezig, 62 %", "nog ongeveer 20 s", percent=62),
            Task("Notificatiekanalen openen", time="wacht op certificaat"),
        ],
        "events": [
            Event(
                "L. Bakker, Haarlem",
                "di 24 nov 14:05",
                Icon.CHAT,
                "via het portaal",
                said="Zaken sluiten niet af.",
            ),
            Event(
                "J. Vos, tweede lijn",
                "wo 25 nov 08:05",
                Icon.LOCK,
                "Intern, niet zichtbaar voor Haarlem",
                said="De eigenschap is niet verplicht.",
                internal=True,
            ),
            Event(
                "Toegang TG-0311 toegestaan", "wo 25 nov 10:02", Icon.KEY, note="L. Bakker gaf 4 uur toegang"
            ),
        ],
        "rows": [
            ("OIN", mono("00000001001234560000")),
            ("Domein", "zaken.haarlem.example"),
            ("Contract", link("OC-2026-0118", HERE)),
        ],
        "stop": Act("Stop toegang", HERE),
        "left": Due(DueKind.OK, "nog 3 u 20 min"),
        "list": listed(),
        "queue": queue(),
        "prices": price_lines(),
        "differences": differences(),
        "calls": calls(),
        "storage": storage(),
        "fleet": fleet(),
        "rights": rights(),
        "reasons": [
            Branch("De sleutel is geldig", Icon.CHECK, Tone.OK),
            Branch(
                format_html("{} in het recht op Openbare orde", strong("Heropenen ontbreekt")),
                Icon.X,
                Tone.BAD,
                [Branch(format_html("Nodig: scope {}", mono("zaken.heropenen")))],
            ),
        ],
        "snippet": 'curl https://zaken.haarlem.example/zaken/api/v1/zaken \\\n  -H "Accept-Crs: EPSG:4326"',
        "form": sample_form(),
        "refused_form": refused_form(),
        "key_form": KeyForm(),
        "confirm_form": TypeTheName(name="Houten", auto_id="naam_%s"),
        "used": meter(86, "soon", cell=True),
        "now": now,
        "later": now + timedelta(minutes=98),
        "toast": format_html("<span>Overdracht OV-0007 is bevestigd.</span> {}", link("Maak ongedaan", HERE)),
    }
