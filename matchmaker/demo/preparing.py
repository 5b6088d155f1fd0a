"""The steps from an empty database to a published agenda; each does only what is still missing.

Every step is a transaction of its own, so whoever was interrupted goes on where they were.
"""

from datetime import date, timedelta
from typing import Any

import click
import flask_migrate
from flask import Flask
from sqlalchemy import update

from matchmaker.agenda.queries import latest_agenda
from matchmaker.agenda.services import publish_run
from matchmaker.clock import now
from matchmaker.demo.event import build_demo
from matchmaker.demo.portraits import give_pictures
from matchmaker.demo.progress import Watch
from matchmaker.demo.queries import find_demo, latest_run, organiser_of
from matchmaker.demo.services import load_demo
from matchmaker.demo.workbench import ask_worker, leave_work, send_mailing
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.formatting import days_between
from matchmaker.matching.jobs import execute_run
from matchmaker.matching.jobs_needs_met import compare_items
from matchmaker.matching.models import Run, RunState
from matchmaker.matching.services import request_run
from matchmaker.messages.models import Mail


def prepare(app: Flask, today: date) -> None:
    """Make whatever of the demonstration is missing, saying what and how it goes."""
    with app.app_context():
        flask_migrate.upgrade()
        _load_if_missing(today)
        run_id = _run_to_publish()
    if run_id is not None:
        _work_on(app, run_id)
        with app.app_context():
            _publish(run_id)


def _load_if_missing(today: date) -> None:
    """One transaction: the event is there whole or not at all."""
    event = find_demo()
    if event is not None:
        _say_that_it_is_kept(event, today)
    else:
        demo = build_demo(today)
        event, snapshot = load_demo(demo), demo.snapshot
        give_pictures(event)
        _say(
            f"Loaded {event.name}, {_days(event)}: {len(snapshot.people)} people with"
            f" {len(snapshot.wishes)} wishes."
        )
    db.session.commit()
    if event is not None:
        compare_items(event.id)


def _say_that_it_is_kept(event: Event, today: date) -> None:
    _say(f"{event.name} is here already, on {_days(event)}; --reset starts over.")
    if event.ends_on < today:
        _say("Its days are over: start over to move them to the coming April.")


def _run_to_publish() -> int | None:
    """The run whose agenda is to be published; `None` where one is in force already."""
    event = find_demo()
    if event is None or latest_agenda(event) is not None:
        return None
    run = latest_run(event)
    if run is None or run.state == RunState.FAILED:
        run = request_run(event, organiser_of(event))
    db.session.commit()
    return run.id


def _work_on(app: Flask, run_id: int) -> None:
    """Whoever worked on it before was interrupted, so it need not be silent for long."""
    with app.app_context():
        is_done = db.session.get_one(Run, run_id).state == RunState.DONE
    if not is_done:
        with Watch(app, run_id):
            execute_run(app, run_id, stale_after=timedelta())


def _publish(run_id: int) -> None:
    run = db.session.get_one(Run, run_id)
    if run.state != RunState.DONE or run.report is None:
        raise click.ClickException(f"No agenda could be made. {run.error}")
    event = db.session.get_one(Event, run.event_id)
    organiser = organiser_of(event)
    publish_run(event, run, organiser)
    mails = _keep_mails(event)
    sentence = _praise(run.report)
    if organiser is not None:
        leave_work(event, organiser)
        ask_worker(event, organiser)
    db.session.commit()
    if organiser is not None:
        send_mailing(event, organiser)
    _say(sentence)
    _say(f"{mails} mails tell people of it; they are invented, so nothing is sent.")


def _praise(figures: dict[str, Any]) -> str:
    value, bound = figures["value"], figures["bound"]
    how_good = (
        "no agenda is worth more"
        if value == bound
        else f"at most {bound} can be: a gap of {figures['gap']:.2%}"
    )
    return f"Published {figures['meetings']} meetings worth {value} points; {how_good}."


def _keep_mails(event: Event) -> int:
    """Leave the mails in the outbox for reading: nobody is at these addresses.

    They count as printed, like all mail where no mail server is set; we print their number.
    """
    waiting = Mail.event_id == event.id, Mail.sent_at.is_(None), Mail.printed_at.is_(None)
    kept = db.session.execute(update(Mail).where(*waiting).values(printed_at=now()))
    return int(kept.rowcount)  # type: ignore[attr-defined]


def _days(event: Event) -> str:
    return days_between(event.starts_on, event.ends_on)


def _say(sentence: str) -> None:
    click.echo(f"  {sentence}")
