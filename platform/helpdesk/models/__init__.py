from helpdesk.models.attachment import Attachment
from helpdesk.models.clock import TicketClock, Warned
from helpdesk.models.draft import AnswerDraft
from helpdesk.models.event import TicketEvent, TicketEventQuerySet
from helpdesk.models.hotfix import Hotfix, TicketGrant
from helpdesk.models.received_mail import ReceivedMail
from helpdesk.models.sending import Sending
from helpdesk.models.ticket import Ticket, TicketQuerySet

__all__ = [
    "AnswerDraft",
    "Attachment",
    "Hotfix",
    "ReceivedMail",
    "Sending",
    "Ticket",
    "TicketClock",
    "TicketEvent",
    "TicketEventQuerySet",
    "TicketGrant",
    "TicketQuerySet",
    "Warned",
]
