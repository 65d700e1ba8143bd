"""A partner leaves a gemeente, and nobody comes in its place."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.views.gemeenten import address_of, to_the_list
from handover.ending import end_partner, why_not_ended
from handover.refusals import HandoverRefused
from handover.states import AREA
from screens.confirm import Question, TypeTheName, ask
from screens.errors import error_page
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of
from tenants.registry.models import Municipality

LONGEST_REASON = 500


class EndPartnerForm(TypeTheName):
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Dit staat in beide logboeken."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )


@page(area=AREA, level=Level.APPROVE, fresh=True)
def end_partner_of_gemeente(request: PageRequest, pk: int) -> HttpResponseBase:
    """Destructive: the name of the partner has to be typed."""
    shown = get_object_or_404(Municipality.objects.visible_to(request.person), pk=pk)
    partner = shown.implementation_partner
    if partner is None:
        raise Http404
    if why := why_not_ended(shown, request.person):
        return _refused(request, shown, why)
    form = EndPartnerForm(request.POST or None, name=partner.name)
    form.fields["typed"].label = gettext("Typ de naam van de partner")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            end_partner(shown, partner, reason=reason, person=request.person, now=timezone.now())
        except HandoverRefused as refused:
            return _refused(request, shown, str(refused))
        words = gettext("%(partner)s is geen partner van %(gemeente)s meer.")
        messages.success(request, words % {"partner": partner.name, "gemeente": shown.naam})
        return go_to(request, address_of(shown))
    question = Question(
        title=gettext("Beëindig %(partner)s als partner van %(gemeente)s")
        % {"partner": partner.name, "gemeente": shown.naam},
        consequences=[
            gettext("Mensen van de partner zien de gemeente niet meer. Hun toegang eindigt meteen."),
            gettext(
                "Meldingen die de partner had, zijn weer van u, op dezelfde lijn. De klokken lopen door."
            ),
        ],
        submit=gettext("Beëindig de partner"),
        cancel=address_of(shown),
        crumbs=[to_the_list(), Crumb(shown.naam, address_of(shown))],
    )
    return ask(request, question, form, shell=shell_of(request))


def _refused(request: PageRequest, shown: Municipality, why: str) -> HttpResponseBase:
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=why,
        next_step=Item(shown.naam, address_of(shown)),
    )
