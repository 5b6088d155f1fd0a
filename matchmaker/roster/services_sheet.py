"""A table of people taken up and understood, kept until it is entered."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete

from matchmaker.clock import now
from matchmaker.errors import Invalid
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.fields import one_line
from matchmaker.registration.models import Status
from matchmaker.roster.columns import FIELDS, find_heading, guess_columns
from matchmaker.roster.models import LONGEST_SHEET_NAME, Sheet
from matchmaker.roster.queries_import import remembered_columns
from matchmaker.roster.sheets import Table

KEPT_FOR = timedelta(days=1)
ENTERED_AS = (Status.REGISTERING, Status.APPROVED)


def take_up(event: Event, table: Table, name: str) -> Sheet:
    """Keep the rows until they are entered, for a day at most, with a guess at the columns."""
    _forget_old(event)
    remembered = remembered_columns(event)
    rows = table.rows
    heading = find_heading(rows, remembered)
    hidden = {"hidden": list(table.hidden), "without_hidden": False}
    sheet = Sheet(
        event_id=event.id,
        name=" · ".join(filter(None, (name[-160:], one_line(table.title))))[:LONGEST_SHEET_NAME],
        heading=heading,
        headings=rows[heading - 1],
        columns=guess_columns(rows[heading - 1], remembered),
        choices={"status": str(Status.REGISTERING), "type": "", "listed": False} | hidden,
        rows=rows,
    )
    db.session.add(sheet)
    db.session.flush()
    return sheet


def read_headings(event: Event, sheet: Sheet, row: int) -> None:
    """Take this row for the headings, and guess the columns anew.

    Raises:
        Invalid: there is no such row.
    """
    if not 0 < row <= len(sheet.rows):
        sentence = _("Write a whole number from %(min)d to %(max)d.", min=1, max=len(sheet.rows))
        raise Invalid(sentence, field="heading")
    sheet.heading, sheet.headings = row, sheet.rows[row - 1]
    sheet.columns = guess_columns(sheet.headings, remembered_columns(event))
    db.session.flush()


def understand(
    sheet: Sheet,
    *,
    columns: Sequence[str],
    status: str,
    type_name: str,
    listed: bool,
    without_hidden: bool = False,
) -> None:
    """Say what each column holds, whether hidden rows count, and what holds for everybody new.

    Raises:
        Invalid: two columns hold the same.
    """
    used = [field if field in FIELDS else "" for field in columns][: len(sheet.headings)]
    named = [field for field in used if field]
    twice = next((field for field in named if named.count(field) > 1), None)
    if twice:
        sentence = _("Two columns hold %(field)s. Choose one of them.", field=FIELDS[twice])
        raise Invalid(sentence, field="columns")
    sheet.columns = used + [""] * (len(sheet.headings) - len(used))
    as_what = status if status in ENTERED_AS else str(Status.REGISTERING)
    said = {"status": as_what, "type": type_name, "listed": listed}
    sheet.choices = sheet.choices | said | {"without_hidden": without_hidden}
    db.session.flush()


def _forget_old(event: Event) -> None:
    db.session.execute(
        delete(Sheet).where(
            Sheet.event_id == event.id,
            Sheet.entered_at.is_(None),
            Sheet.created_at < now() - KEPT_FOR,
        )
    )
