"""The components by name. A page template names these, never a chain of CSS classes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms, template
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from screens import badges, inline
from screens import due as dues
from screens.charts.chart import Chart
from screens.charts.fleet import Fleet
from screens.charts.spark import spark
from screens.forms.complaints import complaints
from screens.forms.controls import control, focus_of, in_line, is_checkbox, options
from screens.listing.found import Found
from screens.parts import Act, Branch, Clock, Count, Crumb, Event, Matrix, Step, Tab, Task
from screens.shell import Shell
from screens.tables import Table

register = template.Library()

# No eval, no script in an answer, no style element of its own, nothing of a page kept in the browser.
HTMX = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    "historyCacheSize": 0,
    "selfRequestsOnly": True,
    "timeout": 30000,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}
ALERT_ICONS = {"info": "info", "ok": "check", "warning": "warn", "error": "stop"}
BUTTONS = {
    "primary": "utrecht-button--primary-action",
    "secondary": "utrecht-button--secondary-action",
    "subtle": "utrecht-button--subtle",
    "danger": "utrecht-button--primary-action utrecht-button--danger",
}
ACTIONS = {
    "primary": "utrecht-button-link--primary-action",
    "secondary": "utrecht-button-link--secondary-action",
    "subtle": "utrecht-button-link--subtle",
}


def part(name: str, **values: Any) -> SafeString:  # what a template shows has many types
    return SafeString(render_to_string(f"screens/{name}.html", values))


# Words, marks, buttons --------------------------------------------------------------------------

register.simple_tag(inline.icon, name="icon")
register.simple_tag(inline.link, name="link")
register.simple_tag(inline.mono, name="mono")
register.simple_tag(inline.muted, name="muted")
register.simple_tag(inline.numbered, name="numbered")
register.simple_tag(inline.removed, name="removed")
register.simple_tag(inline.added, name="added")
register.simple_tag(inline.strong, name="strong")
register.simple_tag(inline.toned, name="toned")
register.simple_tag(badges.badge, name="badge")
register.simple_tag(dues.due, name="due")
register.simple_tag(spark, name="spark")
register.simple_tag(focus_of, name="focus_of")
register.simple_tag(complaints, name="complaints")


@register.simple_tag
def meter(percent: float, kind: str = "", *, cell: bool = False) -> SafeString:
    """``kind`` is that of a due, or a tone of the bar itself."""
    tone = dues.meter_tone(dues.DueKind(kind)) if kind in set(dues.DueKind) else kind
    return dues.meter(percent, tone, cell=cell)


@register.simple_tag
def due_words(due: dues.Due) -> SafeString:
    return dues.due(dues.Due(due.kind, due.words))


@register.simple_tag
def action(words: str, url: str, kind: str = "primary") -> SafeString:
    """A link that looks like a button: it goes somewhere."""
    return format_html(
        '<a class="utrecht-button-link utrecht-button-link--html-a {}" href="{}">{}</a>',
        ACTIONS[kind],
        url,
        words,
    )


@register.simple_tag
def button(words: str, kind: str = "primary", *, name: str = "", value: str = "") -> SafeString:
    """A button that sends its form: it does something."""
    sent = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button class="utrecht-button {}" type="submit"{}>{}</button>', BUTTONS[kind], sent, words
    )


@register.simple_tag
def refused(words: str, anchor: str, kind: str = "primary") -> SafeString:
    """A button that would be refused. ``{% refusal anchor %}`` beside it says why and who can."""
    return format_html(
        '<button class="utrecht-button {}" type="button" aria-disabled="true"'
        ' aria-describedby="{}">{}</button>',
        BUTTONS[kind],
        anchor,
        words,
    )


@register.simple_block_tag
def refusal(content: str, anchor: str, *, small: bool = False) -> SafeString:
    return part("refusal", content=content, anchor=anchor, small=small)


@register.simple_block_tag
def piece(content: str) -> SafeString:
    """Markup for another component's argument: ``{% piece as aside %}…{% endpiece %}``."""
    return SafeString(content.strip())


# Around and on the page -------------------------------------------------------------------------


@register.simple_tag
def htmx_settings() -> SafeString:
    return format_html('<meta name="htmx-config" content="{}">', json.dumps(HTMX))


@register.simple_tag
def theme_sheet(shell: Shell | str | None) -> SafeString:
    if not isinstance(shell, Shell) or not shell.theme:
        return SafeString("")
    return format_html('<link rel="stylesheet" href="{}">\n', static(f"screens/themes/{shell.theme}.css"))


@register.simple_tag
def facts(*given: str) -> list[str]:
    """The facts of a head, without the empty ones: ``{% facts a b as known %}``."""
    return [fact for fact in given if fact]


@register.simple_block_tag
def head(  # noqa: PLR0913  # all but the title has a default
    content: str,
    title: str,
    *,
    state: str | badges.Badge = "",
    facts: Iterable[str] = (),
    crumbs: Sequence[Crumb] | str = (),
    state_anchor: str = "",
) -> SafeString:
    """Title, state, facts in one line; the block holds the actions, the main one last.

    With ``state_anchor`` a fragment can bring another state.
    """
    return part(
        "head",
        content=content.strip() and content,
        title=title,
        state=state,
        facts=facts,
        crumbs=crumbs,
        state_anchor=state_anchor,
    )


@register.simple_tag
def counts(counts: Sequence[Count]) -> SafeString:
    return part("counts", counts=counts)


@register.simple_tag
def tabs(tabs: Sequence[Tab], label: str) -> SafeString:
    return part("tabs", tabs=tabs, label=label)


@register.simple_block_tag
def section(content: str, title: str, anchor: str, *, aside: str = "", boxed: bool = False) -> SafeString:
    """A heading with what belongs to it. A box only where something can be done apart from the page."""
    return part("section", content=content, title=title, anchor=anchor, aside=aside, boxed=boxed)


def framing(name: str, opening: str, closing: str) -> None:
    """A block tag that only puts an element around what it holds."""

    def framed(content: str) -> SafeString:
        return format_html("{}{}{}", SafeString(opening), content, SafeString(closing))

    register.simple_block_tag(framed, name=name)


framing("split", '<div class="zp-split zp-section">', "</div>")
framing("broad", "<div>", "</div>")
framing("pair", '<div class="zp-two">', "</div>")
framing("letter", '<div class="zp-letter">', "</div>")
framing("measure", '<div class="zp-measure">', "</div>")
framing("row", '<div class="zp-row">', "</div>")
framing("small", '<p class="zp-small zp-muted">', "</p>")
framing("note", '<p class="zp-note"><span>', "</span></p>")


@register.simple_tag
def heading(words: str) -> SafeString:
    """A small heading inside a column."""
    return format_html('<h2 class="utrecht-heading-3">{}</h2>', words)


@register.simple_block_tag
def side(content: str, label: str) -> SafeString:
    """The narrow column beside ``broad``."""
    return format_html('<aside aria-label="{}">{}</aside>', label, content)


@register.simple_block_tag
def alert(content: str, kind: str, title: str) -> SafeString:
    """``info``, ``ok``, ``warning`` or ``error``: what happened, what is safe, what now."""
    return part("alert", content=content, kind=kind, title=title, mark=ALERT_ICONS[kind])


@register.simple_block_tag(takes_context=True)
def banner(  # noqa: PLR0913  # all but the label has a default
    context: Context,
    content: str,
    label: str,
    *,
    mark: str = "eye",
    due: dues.Due | None = None,
    act: Act | None = None,
) -> SafeString:
    """Something that holds on every page while it lasts, with the button that ends it."""
    return part(
        "banner",
        content=content,
        label=label,
        mark=mark,
        due=due,
        act=act,
        csrf_token=context.get("csrf_token"),
    )


# Values -----------------------------------------------------------------------------------------


@register.simple_tag
def kv(rows: Iterable[tuple[str, str]], *, side: bool = False) -> SafeString:
    """Facts by word, at most eight in a side column."""
    return part("kv", rows=rows, side=side)


@register.simple_tag
def clocks(clocks: Sequence[Clock], label: str) -> SafeString:
    return part("clocks", clocks=clocks, label=label)


@register.simple_block_tag
def why(content: str, summary: str, *, open: bool = False) -> SafeString:  # noqa: A002  # as in HTML
    """What opens: the explanation of a time, a date, an amount or a refusal."""
    return part("why", content=content, summary=summary, open=open)


@register.simple_tag
def steps(steps: Sequence[Step], label: str) -> SafeString:
    return part("steps", steps=steps, label=label)


@register.simple_tag(takes_context=True)
def tasks(context: Context, tasks: Sequence[Task], labelled_by: str = "") -> SafeString:
    return part("tasks", tasks=tasks, labelled_by=labelled_by, csrf_token=context.get("csrf_token"))


@register.simple_tag
def timeline(events: Sequence[Event], *, small: bool = False) -> SafeString:
    return part("timeline", events=events, small=small)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """What is missing; the block says why and what to do."""
    return part("empty", content=content, title=title)


@register.simple_tag
def loading(rows: int = 4, columns: int = 3) -> SafeString:
    return part("loading", rows=range(rows), columns=range(columns))


@register.simple_tag
def table(table: Table) -> SafeString:
    return part("table", table=table)


@register.simple_tag
def chart(chart: Chart) -> SafeString:
    return part("chart", chart=chart)


@register.simple_tag
def fleet(fleet: Fleet) -> SafeString:
    return part("fleet", fleet=fleet)


@register.simple_tag
def code(text: str, anchor: str) -> SafeString:
    return part("code", text=text, anchor=anchor)


@register.simple_tag
def matrix(matrix: Matrix) -> SafeString:
    return part("matrix", matrix=matrix)


@register.simple_tag
def tree(branches: Sequence[Branch]) -> SafeString:
    return part("tree", branches=branches, top=True)


@register.simple_tag
def links(given: Iterable[tuple[str, str]]) -> SafeString:
    """A list of links, in a side column."""
    items = format_html_join("", "<li>{}</li>", ((inline.link(words, url),) for words, url in given))
    return format_html('<ul class="zp-links" role="list">{}</ul>', items)


@register.simple_block_tag(takes_context=True)
def refreshed(context: Context, content: str, anchor: str) -> SafeString:
    """What asks each minute how it stands now, unless somebody is busy in it or does not look."""
    return part("refreshed", content=content, anchor=anchor, here=context.get("here", ""))


@register.simple_block_tag(takes_context=True, name="list")
def show_list(context: Context, content: str, found: Found) -> SafeString:
    """A list as it was found; the block says what to do where there is nothing at all."""
    return part("list", list=found, content=content, csrf_token=context.get("csrf_token"))


# Forms ------------------------------------------------------------------------------------------


@register.simple_tag
def field(field: forms.BoundField) -> SafeString:
    return part(
        "form/field",
        field=field,
        control=control(field),
        checkbox=is_checkbox(field),
        options=options(field),
        in_line=in_line(field),
    )


@register.simple_block_tag(takes_context=True)
def form(  # noqa: PLR0913  # all but the form has a default
    context: Context,
    content: str,
    form: forms.BaseForm,
    *,
    submit: str,
    also: str = "",
    also_name: str = "",
    action: str = "",
    cancel: str = "",
    kind: str = "primary",
    anchor: str = "formulier",
    sticky: bool = False,
    boxed: bool = False,
) -> SafeString:
    """Summary, fields, buttons. A block with text replaces the fields, each then named by ``{% field %}``.

    ``also`` is a second button, which sends its ``also_name`` too.
    """
    return part(
        "form/form",
        form=form,
        content=content.strip() and content,
        submit=submit,
        also=also,
        also_name=also_name,
        action=action,
        cancel=cancel,
        kind=kind or "primary",
        anchor=anchor,
        sticky=sticky,
        boxed=boxed,
        csrf_token=context.get("csrf_token"),
    )


@register.simple_block_tag(takes_context=True)
def passkey(  # noqa: PLR0913  # all but the form and its words has a default
    context: Context,
    content: str,
    form: forms.BaseForm,
    *,
    submit: str,
    make: bool = False,
    options: object = None,
    ask: str = "",
    action: str = "",
    cancel: str = "",
    kind: str = "primary",
    anchor: str = "sleutel",
) -> SafeString:
    """A form that a passkey or security key fills in: its field ``credential`` holds what the key said.

    ``make`` has a new one made, otherwise one is used. ``options`` are what the key is asked, or ``ask`` the
    URL that tells them. Needs script, and says so; the block stands above the fields.
    """
    return part(
        "form/passkey",
        form=form,
        content=content.strip() and content,
        submit=submit,
        does="create" if make else "get",
        options=json.dumps(options) if options else "",
        ask=ask,
        action=action,
        cancel=cancel,
        kind=kind,
        anchor=anchor,
        csrf_token=context.get("csrf_token"),
    )


@register.simple_tag
def error_title(form: forms.BaseForm) -> str:
    count = sum(len(errors) for errors in form.errors.values())
    return ngettext("Vul nog %(count)s ding goed in", "Vul nog %(count)s dingen goed in", count) % {
        "count": count
    }
