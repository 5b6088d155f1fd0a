"""The `matchmaker` command."""

import click

from matchmaker.configuration import ConfigurationError


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
