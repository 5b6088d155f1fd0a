"""The `matchmaker` command; a subcommand's module is loaded when it is asked for."""

from importlib import import_module

import click
from sqlalchemy.exc import OperationalError

from matchmaker.configuration import ConfigurationError

COMMANDS = {
    "demo": "matchmaker.demo.commands:demo",
    "serve": "matchmaker.serving:serve",
    "web": "matchmaker.serving:web",
    "worker": "matchmaker.serving:worker",
    "agenda": "matchmaker.exchange.commands:agenda",
    "export": "matchmaker.exchange.commands_events:export_command",
    "import": "matchmaker.exchange.commands_events:import_command",
    "solve": "matchmaker.solver.commands:solve_command",
    "verify": "matchmaker.solver.commands:verify_command",
    "bounces": "matchmaker.messages.commands:bounces",
    "admin": "matchmaker.accounts.commands:admin",
}


class Commands(click.Group):
    """Starts quickly, and turns a setting that cannot be used into one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ConfigurationError as error:
            raise click.ClickException(str(error)) from error
        except OperationalError as error:
            if error.statement is not None:
                raise
            raise click.ClickException(
                f"The database of DATABASE_URL cannot be reached: {error.orig}"
            ) from error


@click.group(cls=Commands)
def main() -> None:
    """Matchmaking for workshops: from registration to everybody's calendar."""
