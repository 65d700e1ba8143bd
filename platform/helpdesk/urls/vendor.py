"""Reports, in the console of the vendor."""

from django.urls import path

from helpdesk.queue import Part
from helpdesk.views import forecast, hours, new, queue, steering, ticket

urlpatterns = [
    path("", queue.meldingen, name="meldingen"),
    path("nieuw/", new.new_ticket, name="new_ticket"),
    path("eerste/", queue.pick_up_first, name="pick_up_first"),
    path("dreigt/", forecast.forecast, name="forecast"),
    path("<int:pk>/", ticket.melding, name="melding"),
    path("<int:pk>/klokken/", ticket.ticket_clocks, name="ticket_clocks"),
    path("<int:pk>/bijlagen/<int:file>/", ticket.ticket_file, name="ticket_file"),
    path("<int:pk>/oppakken/", steering.pick_up_ticket, name="pick_up_ticket"),
    path("<int:pk>/overdragen/", steering.hand_over_ticket, name="hand_over_ticket"),
    path("<int:pk>/prioriteit/", steering.ticket_priority, name="ticket_priority"),
    path("<int:pk>/plannen/", steering.plan_ticket, name="plan_ticket"),
    path("<int:pk>/verder/", steering.resume_ticket, name="resume_ticket"),
    path("<int:pk>/samenvoegen/", steering.merge_ticket, name="merge_ticket"),
    path("<int:pk>/melder/", steering.ticket_on_behalf, name="ticket_on_behalf"),
    path("<int:pk>/gegevens/", steering.ticket_details, name="ticket_details"),
    path("<int:pk>/koppelen/", steering.link_ticket, name="link_ticket"),
    path("<int:pk>/uren/", hours.ticket_hours, name="ticket_hours"),
    path("<int:pk>/hotfix/", steering.ticket_hotfix, name="ticket_hotfix"),
    path("<int:pk>/corrigeren/", steering.correct_ticket, name="correct_ticket"),
    path("<int:pk>/sluiten/", steering.close_ticket, name="close_ticket"),
    *(
        path(f"{part}/", queue.meldingen_part, {"part": part}, name=f"meldingen_{part}")
        for part in Part
        if part is not Part.OURS
    ),
]
