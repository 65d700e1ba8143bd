"""Reports, in the console of a municipality."""

from django.urls import path

from helpdesk.views import municipality

urlpatterns = [
    path("", municipality.meldingen, name="meldingen"),
    path("nieuw/", municipality.new_melding, name="new_melding"),
    path("<int:pk>/", municipality.melding, name="melding"),
    path("<int:pk>/waarom/", municipality.why_melding, name="why_melding"),
    path("<int:pk>/bericht/", municipality.reply_melding, name="reply_melding"),
    path("<int:pk>/oneens/", municipality.dispute_melding, name="dispute_melding"),
    path("<int:pk>/bevestigen/", municipality.confirm_melding, name="confirm_melding"),
    path("<int:pk>/intrekken/", municipality.withdraw_melding, name="withdraw_melding"),
    path("<int:pk>/waardering/", municipality.rate_melding, name="rate_melding"),
    path("<int:pk>/bijlagen/<int:file>/", municipality.attachment, name="attachment"),
]
