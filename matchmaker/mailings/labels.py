"""Mailings, conditions and outcomes in words."""

from flask_babel import lazy_gettext as _l

from matchmaker.insights.conditions import Condition
from matchmaker.mailings.models import MailingState

CONDITION_LABELS = {
    Condition.UNDECIDED: _l("Waiting for your decision"),
    Condition.UNFINISHED: _l("Registration not finished"),
    Condition.NO_ITEMS: _l("Without an offer or need"),
    Condition.NO_WISHES: _l("Without a wish"),
    Condition.NO_SESSION: _l("No session chosen, so a meeting may fall on any"),
    Condition.NO_COMMON_SLOT: _l("Free at no time at which anyone they want is"),
    Condition.FEW_MEETINGS: _l("Fewer meetings than promised"),
    Condition.OWES_ANSWER: _l("A request waits for their answer"),
    Condition.NO_ROOM: _l("Online, and there is no video room"),
    Condition.NO_MAIL: _l("The last mail did not arrive"),
}
STATE_LABELS = {
    MailingState.DRAFT: _l("Draft"),
    MailingState.SCHEDULED: _l("Scheduled"),
    MailingState.SENDING: _l("Being sent"),
    MailingState.DONE: _l("Sent"),
    MailingState.STOPPED: _l("Stopped"),
}
STATE_TONES = {
    MailingState.SCHEDULED: "attention",
    MailingState.SENDING: "attention",
    MailingState.DONE: "good",
}
OUTCOME_LABELS = {
    "refused": _l("Bounced: address refused"),
    "bounced": _l("Came back later"),
    "failed": _l("Not delivered"),
    "waiting": _l("Waiting"),
    "sent": _l("Sent"),
    "printed": _l("Kept here, not sent"),
    "unwanted": _l("Not wanted: stopped by the reader"),
    "settled": _l("Not needed any more"),
    "spared": _l("Left in peace: had one lately"),
    "stopped": _l("Stopped by you"),
}
OUTCOME_TONES = {
    "refused": "danger",
    "bounced": "danger",
    "failed": "danger",
    "sent": "good",
    "waiting": "attention",
}
