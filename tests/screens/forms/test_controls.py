from __future__ import annotations

import re

from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from screens.forms.controls import Option


class Question(forms.Form):
    onderwerp = forms.CharField(label="Onderwerp", help_text="Eén zin.")
    daarna = forms.ChoiceField(
        label="Wat daarna?",
        widget=forms.RadioSelect,
        choices=[
            ("wij", Option("Wij", "De klok loopt.")),
            ("zij", Option("Zij", "Kan nu niet.", refused=True)),
        ],
    )
    intern = forms.BooleanField(label="Intern", required=False)


def rendered(form: forms.Form) -> str:
    template = Template("{% load screens %}{% form form submit='Verstuur' %}{% endform %}")
    return template.render(Context({"form": form, "csrf_token": "abc"}))


def test_a_control_has_its_label_and_its_help() -> None:
    page = rendered(Question())

    assert '<label class="utrecht-form-label" for="id_onderwerp">Onderwerp</label>' in page
    assert 'aria-describedby="id_onderwerp_helptext"' in page
    assert '<div class="utrecht-form-field-description" id="id_onderwerp_helptext">Eén zin.</div>' in page


def test_a_refused_control_says_so_and_names_its_error() -> None:
    page = rendered(Question({"onderwerp": ""}))
    control = re.search('<input type="text"[^>]*>', page)

    assert control
    assert 'aria-invalid="true"' in control[0]
    assert 'aria-describedby="id_onderwerp_helptext id_onderwerp_error"' in control[0]
    assert 'id="id_onderwerp_error"' in page


def test_the_summary_leads_to_each_error() -> None:
    page = rendered(Question({"onderwerp": ""}))

    assert "Vul nog 2 dingen goed in" in page
    assert 'href="#id_onderwerp">Vul in: Onderwerp<' in page
    assert 'href="#id_daarna">Kies: Wat daarna<' in page
    assert '<fieldset id="id_daarna"' in page


def test_an_error_that_does_not_name_its_field_is_named_in_the_summary() -> None:
    page = rendered(Question({"onderwerp": "a", "daarna": "wie"}))

    assert 'href="#id_daarna">Wat daarna: ' in page


def test_words_of_its_own_for_an_empty_field_stay() -> None:
    class Own(forms.Form):
        naam = forms.CharField(error_messages={"required": "Hoe heet het?"})

    assert "Hoe heet het?" in rendered(Own({}))


def test_what_to_do_is_told_in_english_too() -> None:
    with override("en"):
        page = rendered(Question({"onderwerp": ""}))

    assert "Fill in: Onderwerp" in page
    assert "Choose: Wat daarna" in page


def test_a_form_without_errors_has_no_summary() -> None:
    assert "data-focus" not in rendered(Question())


def test_an_option_carries_its_help_and_its_refusal() -> None:
    page = rendered(Question())

    assert 'aria-describedby="id_daarna_0-help"' in page
    assert "Kan nu niet." in page
    assert len(re.findall("<input[^>]* disabled", page)) == 1


def test_what_was_given_stays_and_is_escaped() -> None:
    page = rendered(Question({"onderwerp": '"><script>', "daarna": "wij"}))

    assert "<script>" not in page
    assert re.search('<input type="radio"[^>]*value="wij"[^>]* checked', page)


def test_a_block_replaces_the_fields() -> None:
    template = Template(
        "{% load screens %}{% form form submit='Verstuur' %}{% field form.intern %}{% endform %}"
    )
    page = template.render(Context({"form": Question()}))

    assert "id_intern" in page
    assert "id_onderwerp" not in page


def test_forms_of_any_package_look_the_same(rf: RequestFactory) -> None:
    assert "utrecht-form-field__label" in str(Question())
    assert "utrecht-form-field__label" in Question()["onderwerp"].as_field_group()
