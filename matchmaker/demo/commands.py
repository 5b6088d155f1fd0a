"""`matchmaker demo`: from nothing to a running site with an event to look at."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click
from flask import Flask

from matchmaker.accounts.services import issue_link
from matchmaker.app import opened_app
from matchmaker.clock import now
from matchmaker.configuration import Config
from matchmaker.demo.event import guest_ids
from matchmaker.demo.preparing import prepare
from matchmaker.demo.queries import find_demo, guests_of
from matchmaker.demo.reset import start_over
from matchmaker.errors import Refusal
from matchmaker.events.queries_team import team_of
from matchmaker.events.roles import Role
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.serving import host_and_port, mind, name_address, refuse_taken_port


@click.command("demo")
@host_and_port
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the database; ./matchmaker-data by default.",
)
@click.option("--no-serve", is_flag=True, help="Prepare everything, start no server.")
@click.option("--reset", is_flag=True, help="Delete the demo's data first.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Choose the event's days as on this day, when it is made; clocks go on as they are.",
)
def demo(
    host: str, port: int, data: Path | None, no_serve: bool, reset: bool, today: datetime | None
) -> None:
    """Load a demonstration event, make its agenda, and serve it.

    Run again, it keeps what is there. Mail is never sent from it.
    """
    began = time.perf_counter()
    if not no_serve:
        refuse_taken_port(host, port)
    config = _configure(host, port, data)
    if reset:
        start_over(config)
    click.echo(f"Matchmaker demo, in {config.data_dir}")
    with opened_app(config) as app:
        _prepare(app, now().date() if today is None else today.replace(tzinfo=UTC).date())
        _show_the_way_in(config, seconds=time.perf_counter() - began)
    if not no_serve:
        click.echo("Ctrl-C stops it.")
        mind(host, port)


def _configure(host: str, port: int, data: Path | None) -> Config:
    """Through the environment, which the web server and the worker inherit."""
    if data is not None:
        os.environ["MATCHMAKER_DATA"] = str(data)
    os.environ.pop("MATCHMAKER_SMTP", None)
    name_address(host, port)
    return Config.from_env()


def _prepare(app: Flask, today: date) -> None:
    try:
        prepare(app, today)
    except Refusal as refusal:
        raise click.ClickException(
            f"{refusal.sentence} Or take another folder: --data."
        ) from refusal


def _show_the_way_in(config: Config, *, seconds: float) -> None:
    click.echo(f"Ready in {seconds:.1f} s: {config.base_url}")
    click.echo("Each link signs in one person, once, within 24 hours:")
    for who, link in _links():
        click.echo(f"  {who}\n    {link}")
    db.session.commit()


def _links() -> Iterator[tuple[str, str]]:
    """Who may be looked over the shoulder of, each with a link of their own."""
    event = find_demo()
    if event is None:
        return
    path = f"/e/{event.slug}"
    for member in team_of(event):
        role = "Organiser" if member.role == Role.OWNER else member.role.capitalize()
        link = issue_link(member.user, next_path=f"{path}/organise/")
        yield f"{role}: {member.user.name}", link
    for guest in guests_of(event, guest_ids()):
        link = issue_link(guest.user, next_path=f"{path}/agenda")
        yield f"{_kind(guest)}: {guest.name}, {_home(guest)}", link


def _kind(guest: Participant) -> str:
    return guest.type.name if guest.type else ""


def _home(guest: Participant) -> str:
    return guest.organisation.name if guest.organisation else ""
