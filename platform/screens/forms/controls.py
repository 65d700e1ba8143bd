"""The control of a field with the classes of its kind. Django names its help and its errors to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.utils.safestring import SafeString

TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
CHECKBOX = "utrecht-checkbox utrecht-checkbox--html-input"
RADIO = "utrecht-radio-button utrecht-radio-button--html-input"
INVALID = {
    TEXTBOX: "utrecht-textbox--invalid",
    "utrecht-textarea utrecht-textarea--html-textarea": "utrecht-textarea--invalid",
    "utrecht-select utrecht-select--html-select": "utrecht-select--invalid",
}


class Option(str):
    """The label of a choice, with a line of help, or with the reason why it cannot be chosen now."""

    __slots__ = ("help", "refused")
    help: str
    refused: bool

    def __new__(cls, word: str, help: str = "", *, refused: bool = False) -> Self:  # noqa: A002  # as on a field
        made = super().__new__(cls, word)
        made.help, made.refused = help, refused
        return made


class InLine(forms.RadioSelect):
    """Short options beside each other."""


SEARCH = "zoek"
"""Under this name a form says that it was sent to look for something, and for nothing else."""


class FindBox(forms.TextInput):
    """A word to look for, with a button beside it that sends the form, as it stands, for that alone."""

    input_type = "search"
    template_name = "screens/form/find.html"

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "search": SEARCH}


@dataclass(frozen=True)
class ShownOption:
    control: SafeString
    anchor: str
    word: str
    help: str


def is_checkbox(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


def in_line(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, InLine)


def css(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return CHECKBOX
    if isinstance(widget, forms.Textarea):
        return "utrecht-textarea utrecht-textarea--html-textarea"
    if isinstance(widget, forms.Select):
        return "utrecht-select utrecht-select--html-select"
    return TEXTBOX


def control(field: forms.BoundField) -> SafeString:
    kind = css(field.field.widget)
    return field.as_widget(
        attrs={"class": f"{kind} {INVALID.get(kind, '')}".strip() if field.errors else kind}
    )


def is_choice_of_boxes(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def options(field: forms.BoundField) -> list[ShownOption]:
    """The options of a field that shows them all; none for one that does not."""
    return list(shown_options(field)) if is_choice_of_boxes(field) else []


def shown_options(field: forms.BoundField) -> Iterator[ShownOption]:
    kind = RADIO if isinstance(field.field.widget, forms.RadioSelect) else CHECKBOX
    for box in field.subwidgets:
        anchor, label = box.id_for_label, box.choice_label
        explained = label if isinstance(label, Option) else Option(str(label))
        box.data["attrs"] |= {
            "class": kind,
            **({"aria-describedby": f"{anchor}-help"} if explained.help else {}),
            **({"disabled": True} if explained.refused else {}),
        }
        yield ShownOption(box_alone(box), anchor, explained, explained.help)


def box_alone(box: forms.boundfield.BoundWidget) -> SafeString:
    """Without the label that Django would put around it: ours stands beside it, with its help."""
    return SafeString(box.renderer.render("django/forms/widgets/input.html", {"widget": box.data}))


def focus_of(field: forms.BoundField) -> str:
    """Where a link to its error leads: the control, or the group of a choice."""
    return field.auto_id if is_choice_of_boxes(field) else field.id_for_label
