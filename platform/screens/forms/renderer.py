from django.forms.renderers import DjangoTemplates


class ScreensRenderer(DjangoTemplates):
    """The setting FORM_RENDERER: so the forms of any package look like ours."""

    form_template_name = "screens/form/rendered.html"
    field_template_name = "screens/form/bound.html"
