"""`matchmaker admin`: what is done to accounts from the server's own console."""

import click
import flask_migrate
from flask_babel import force_locale

from matchmaker.accounts.queries import user_by_address
from matchmaker.accounts.services import allow_to_create_events, find_or_create_user, issue_link
from matchmaker.accounts.services_two_factor import reset_two_factor
from matchmaker.app import opened_app
from matchmaker.configuration import Config
from matchmaker.errors import Invalid
from matchmaker.extensions import db


@click.group()
@click.pass_context
def admin(ctx: click.Context) -> None:
    """Look after accounts."""
    ctx.with_resource(opened_app(Config.from_env()))
    # Without a request there is no browser to ask for its language.
    ctx.with_resource(force_locale("en"))
    flask_migrate.upgrade()


@admin.command("add-organiser")
@click.argument("email")
@click.option("--name", default="", help="Their name, if they are new here.")
def add_organiser(email: str, name: str) -> None:
    """Let EMAIL create events, and print a link that signs them in."""
    try:
        user = find_or_create_user(email, name)
    except Invalid as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    allow_to_create_events(user)
    link = issue_link(user)
    db.session.commit()
    click.echo(f"{user.email} may create events. This link signs them in once, within 24 hours:")
    click.echo(link)


@admin.command("reset-two-factor")
@click.argument("email")
def reset(email: str) -> None:
    """Take the second step off EMAIL's account, once you know who asks, and end their sessions."""
    user = user_by_address(email)
    if user is None:
        raise click.ClickException(f"Nobody here has the address {email}.")
    reset_two_factor(user)
    db.session.commit()
    click.echo(f"{user.email} signs in by one step again, and is signed out everywhere.")
