"""What is done to reports: each act one transaction, with its event, its clocks and its line in the log.

Those of the vendor's side, of mails and of time itself, in public. A municipality's own people act through
the door, by the same table of states and the same clocks.
"""

from helpdesk.acting.booking import Work, book_hours
from helpdesk.acting.closing import close, close_unanswered, propose, remind, wake
from helpdesk.acting.correcting import correct
from helpdesk.acting.linking import (
    Fix,
    change_details,
    link_grant,
    link_incident,
    link_issue,
    record_hotfix,
)
from helpdesk.acting.merging import merge
from helpdesk.acting.moving import move_to_partner, move_to_vendor
from helpdesk.acting.reporting import Report, report
from helpdesk.acting.steering import (
    To,
    change_priority,
    hand_over,
    pick_up,
    plan,
    resume,
    wait_for_third,
)
from helpdesk.acting.talking import (
    answer,
    ask,
    confirm,
    dispute,
    keep_automatic,
    note,
    reply,
    solve,
    withdraw,
    work_around,
)

__all__ = [
    "Fix",
    "Report",
    "To",
    "Work",
    "answer",
    "ask",
    "book_hours",
    "change_details",
    "change_priority",
    "close",
    "close_unanswered",
    "confirm",
    "correct",
    "dispute",
    "hand_over",
    "keep_automatic",
    "link_grant",
    "link_incident",
    "link_issue",
    "merge",
    "move_to_partner",
    "move_to_vendor",
    "note",
    "pick_up",
    "plan",
    "propose",
    "record_hotfix",
    "remind",
    "reply",
    "report",
    "resume",
    "solve",
    "wait_for_third",
    "wake",
    "withdraw",
    "work_around",
]
