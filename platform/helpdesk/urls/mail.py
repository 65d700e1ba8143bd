from django.urls import path

from helpdesk.views import mail

urlpatterns = [
    path("post/", mail.strangers, name="strangers"),
    path("post/<int:pk>/", mail.received_mail, name="received_mail"),
    path("post/<int:pk>/aanvaarden/", mail.accept_mail, name="accept_mail"),
    path("post/<int:pk>/melding/", mail.make_ticket_of_mail, name="make_ticket_of_mail"),
    path("post/<int:pk>/weggooien/", mail.discard_mail, name="discard_mail"),
    path("<int:pk>/wissen/", mail.erase_ticket, name="erase_ticket"),
]
