"""What organisers of the demonstration have begun: a mailing, a table lost, a change by hand; and
what they have asked, which the worker answers once it serves: a repair, a study of capacity."""

from sqlalchemy import select, update

from matchmaker.accounts.models import User
from matchmaker.agenda.board import FREE, Board
from matchmaker.agenda.services_disruptions import Happening, tell
from matchmaker.agenda.services_draft import put
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.mailings.jobs import work_off
from matchmaker.mailings.models import Delivery, Mailing
from matchmaker.mailings.occasions import Occasion
from matchmaker.mailings.services import schedule, start_mailing
from matchmaker.matching.capacity_page import usual_question
from matchmaker.matching.services_capacity import ask_capacity
from matchmaker.matching.services_repair import request_repair
from matchmaker.messages.models import Mail

MOST_MAILS = 1000
# So many that the worker finds two ways to repair it.
LOST_TIMES = 6


def send_mailing(event: Event, organiser: User) -> None:
    """To those who owe an answer. It commits, as the worker does; done once."""
    if db.session.scalar(select(Mailing.id).where(Mailing.event_id == event.id)) is None:
        mailing = start_mailing(event, organiser, Occasion.REMIND_REQUESTS)
        schedule(mailing, organiser)
        db.session.commit()
        work_off(MOST_MAILS)
        _arrive(mailing)
        work_off(MOST_MAILS)


def leave_work(event: Event, organiser: User) -> None:
    """A table is lost for the last times, and one meeting is moved and not published."""
    table = event.points[0]
    tell(event, organiser, Happening("point", None, table, event.slots[-LOST_TIMES], None))
    board = Board(event, organiser)
    for pair, (slot_id, point_id) in sorted(board.places.items()):
        if point_id == table.id:
            continue
        targets = board.targets(pair, event.points[1:])
        free = (cell for cell, each in targets.items() if each.level == FREE and not each.swaps)
        cell = next((cell for cell in free if cell[0] != slot_id), None)
        if cell is not None:
            put(event, organiser, pair, cell, revision=board.revision)
            return


def ask_worker(event: Event, organiser: User) -> None:
    request_repair(event, organiser)
    ask_capacity(event, organiser, usual_question(event))


def _arrive(mailing: Mailing) -> None:
    """As if a mail server had taken all, and one had come back later."""
    own = select(Delivery.mail_id).where(Delivery.mailing_id == mailing.id)
    mails = Mail.id.in_(own)
    first = db.session.scalar(select(Mail.id).where(mails).order_by(Mail.id).limit(1))
    db.session.execute(update(Mail).where(mails).values(sent_at=now()))
    db.session.execute(update(Mail).where(Mail.id == first).values(bounced_at=now(), attempts=1))
    db.session.commit()
