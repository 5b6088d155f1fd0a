"""The organiser's page of the log: searched, narrowed, taken away."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.audit.log_page import days_of, table_rows
from matchmaker.audit.queries import SYSTEM, Wanted, actions_in, actors_in, log_page
from matchmaker.audit.words import action_words
from matchmaker.collation import by_name
from matchmaker.events.models import Event
from matchmaker.fields import YEARS, one_line
from matchmaker.roster.tables_out import harmless

LONGEST = 80
blueprint = Blueprint("audit", __name__)


@blueprint.get("/e/<slug>/organise/log")
@organiser
def log(event: Event, user: User) -> str:
    wanted = _wanted()
    found = log_page(event, wanted, request.args.get("before", type=int))
    return render_template(
        "audit/log.html",
        wanted=wanted,
        days=days_of(event, found),
        actions=by_name(((name, action_words(name)) for name in actions_in(event)), _words),
        actors=actors_in(event),
        system=SYSTEM,
        narrowed=bool(wanted.given()),
        later="before" in request.args,
        older_url=_address(event, wanted, before=found.older) if found.older else "",
        newest_url=_address(event, wanted),
        table_url=url_for(".table", slug=event.slug, **wanted.given()),
    )


@blueprint.get("/e/<slug>/organise/log.csv")
@organiser
def table(event: Event, user: User) -> Response:
    """Sent while it is read, a thousand entries at a time: 100,000 make nine megabytes."""
    response = Response(stream_with_context(_csv(event, _wanted())), mimetype="text/csv")
    name = f"{event.slug}-log.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _csv(event: Event, wanted: Wanted) -> Iterator[str]:
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    yield "\ufeff"
    for row in table_rows(event, wanted):
        writer.writerow([harmless(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _wanted() -> Wanted:
    """As the address says it; what is no account or no day narrows nothing."""
    args = request.args
    actor = args.get("actor", "")
    return Wanted(
        q=one_line(args.get("q"))[:LONGEST],
        action=one_line(args.get("action"))[:LONGEST],
        actor=actor if actor == SYSTEM else str(args.get("actor", type=_row_number) or ""),
        about=one_line(args.get("about"))[:LONGEST],
        day=args.get("day", type=_day),
    )


def _row_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(text)
    return day


def _address(event: Event, wanted: Wanted, **more: Any) -> str:
    return url_for(".log", slug=event.slug, **wanted.given(), **more)


def _words(pair: tuple[str, str]) -> str:
    return pair[1]
