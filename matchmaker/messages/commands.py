"""`matchmaker bounces`: reads the reports of mail servers, from a pipe or from a mailbox."""

import mailbox
import sys
from collections.abc import Iterator
from contextlib import closing
from email import message_from_binary_file, message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import click

from matchmaker.app import opened_app
from matchmaker.configuration import Config
from matchmaker.extensions import db
from matchmaker.messages.bounces import take_in


@click.command()
@click.argument(
    "mailboxes", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[MAILBOX]..."
)
def bounces(mailboxes: tuple[Path, ...]) -> None:
    """Mark mails that came back later.

    Reads one report from standard input, as a mail server pipes it, or every message of each
    MAILBOX: a Maildir folder, or a file in mbox format. Nothing in a mailbox is changed, and a
    report read twice counts once.
    """
    with opened_app(Config.from_env()):
        tally = take_in(_messages(mailboxes))
        db.session.commit()
    click.echo(f"{tally.read} read, {tally.marked} marked as bounced.")


def _messages(mailboxes: tuple[Path, ...]) -> Iterator[EmailMessage]:
    if not mailboxes:
        yield message_from_binary_file(sys.stdin.buffer, policy=default)
    for path in mailboxes:
        kind = mailbox.Maildir if path.is_dir() else mailbox.mbox
        with closing(kind(path, create=False)) as box:
            for key in box.keys():  # noqa: SIM118 - a mailbox iterates over its messages
                yield message_from_bytes(box.get_bytes(key), policy=default)
