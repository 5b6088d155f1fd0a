"""What the tests of repairs do on the organiser's page."""

from flask import Flask
from sqlalchemy import select

from matchmaker.extensions import db
from matchmaker.matching.jobs import execute_run
from matchmaker.matching.models import Run, RunState
from tests.pages.client import PageClient

REPAIR = "/e/kittila/organise/repair"


def say(client: PageClient, kind: str, **what: int) -> None:
    client.submit(REPAIR, kind=kind, **{name: str(value) for name, value in what.items()})


def work_out(app: Flask, client: PageClient) -> Run:
    client.submit(f"{REPAIR}/runs", on=REPAIR)
    run = db.session.scalars(select(Run).where(Run.state == RunState.QUEUED)).one()
    run_id = run.id
    db.session.rollback()
    execute_run(app, run_id)
    db.session.expire_all()
    assert run.state == RunState.DONE, run.error
    return run
