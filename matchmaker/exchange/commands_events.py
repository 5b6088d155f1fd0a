"""`matchmaker export` and `matchmaker import`: an event of the database to a folder and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
import flask_migrate
from sqlalchemy import select

from matchmaker.accounts.services import find_or_create_user
from matchmaker.app import opened_app
from matchmaker.configuration import Config
from matchmaker.errors import Invalid, Refusal
from matchmaker.events.models import Event
from matchmaker.exchange import shapes
from matchmaker.exchange.commands import BadInput
from matchmaker.exchange.placing import place_files
from matchmaker.exchange.problems import NotRight, nearest
from matchmaker.exchange.reading import read_folder
from matchmaker.exchange.services import event_files, import_event
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Snapshot


@click.command("export")
@click.argument("slug")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def export_command(slug: str, folder: Path) -> None:
    """Write the event SLUG into the folder DIR.

    Written are event.toml, participants.csv, items.csv, wishes.csv, settings.json and, where there
    is any, questions.json, profiles.json, organisations.json, requests.json, pictures and logos,
    with the approved participants who agreed to be shown to others.
    """
    with _refusals(), _site():
        files = event_files(_find(slug))
        place_files(folder, files)
    named = [name for name in files if "/" not in name]
    pictures = len(files) - len(named)
    more = f" and {pictures} pictures" if pictures else ""
    click.echo(f"Written to {folder}: {', '.join(named)}{more}.")


@click.command("import")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--owner", metavar="EMAIL", help="Who organises it; else the event's own address.")
@click.option("--slug", help="Another slug than the one in event.toml.")
def import_command(folder: Path, owner: str | None, slug: str | None) -> None:
    """Enter the event in the folder DIR, as a draft.

    Where anything is wrong nothing is entered, and every error is named with its file, line and
    column.
    """
    with _refusals():
        snapshot = _read(folder, slug)
        with _site():
            user = find_or_create_user(owner or snapshot.organiser_email)
            event = import_event(snapshot, user)
            db.session.commit()
            click.echo(
                f"{event.name} is entered as a draft with {len(snapshot.people)} participants;"
                f" {user.email} organises it."
            )


def _read(folder: Path, slug: str | None) -> Snapshot:
    """The event in the folder, under another slug where one is given."""
    snapshot = read_folder(folder)
    try:
        return replace(snapshot, slug=shapes.slug(slug)) if slug else snapshot
    except NotRight as error:
        raise Invalid(f"--slug: {error.wrong}; {error.right}.") from error


@contextmanager
def _site() -> Iterator[None]:
    """The application on an up-to-date database."""
    with opened_app(Config.from_env()):
        flask_migrate.upgrade()
        yield


@contextmanager
def _refusals() -> Iterator[None]:
    """What is refused becomes a message, and the command ends."""
    try:
        yield
    except Refusal as refusal:
        raise BadInput(refusal.sentence) from refusal
    except OSError as error:
        raise click.ClickException(f"The files could not be written or read: {error}.") from error


def _find(slug: str) -> Event:
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    if event is None:
        known = list(db.session.scalars(select(Event.slug).order_by(Event.slug)))
        near = nearest(slug, known)
        meant = f'Did you mean "{near}"?' if near else f"There are: {', '.join(known) or 'none'}."
        raise Invalid(f'There is no event "{slug}". {meant}')
    return event
