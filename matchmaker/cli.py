"""The `matchmaker` command."""

import click

from matchmaker.accounts.commands import admin
from matchmaker.configuration import ConfigurationError
from matchmaker.demo.commands import demo
from matchmaker.exchange.commands import agenda
from matchmaker.exchange.commands_events import export_command, import_command
from matchmaker.serving import serve, web, worker


class Commands(click.Group):
    """Turns a setting that cannot be used into one sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ConfigurationError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands)
def main() -> None:
    """Matchmaking for workshops: from registration to everybody's calendar."""


for command in (demo, agenda, export_command, import_command, serve, web, worker, admin):
    main.add_command(command)
