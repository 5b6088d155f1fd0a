"""`matchmaker agenda`: from a folder of files to everybody's calendar, without a web server."""

import math
from collections.abc import Callable
from pathlib import Path

import click

from matchmaker.errors import Refusal
from matchmaker.exchange.agenda_files import agenda_names, write_agenda
from matchmaker.exchange.placing import check_place
from matchmaker.exchange.reading import read_folder
from matchmaker.matching.arrange import arrange
from matchmaker.matching.outcome import Report

MOST_SEED = 2**31 - 1


class BadInput(click.ClickException):
    """What is wrong on standard error, as it is: each problem has a line of its own."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        click.echo(self.message, err=True)


def _finite(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    if value is not None and not math.isfinite(value):
        raise click.BadParameter("give a number of seconds, as 20")
    return value


@click.command("agenda")
@click.argument("event_dir", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where the agendas go.")
@click.option(
    "--seed",
    type=click.IntRange(0, MOST_SEED),
    default=0,
    show_default=True,
    help="Another seed may find other meetings of about the same value.",
)
@click.option(
    "--time",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    callback=_finite,
    help="Stop after so many seconds with the best found; without, the result is always the same.",
)
def agenda(event_dir: Path, out: Path, seed: int, seconds: float | None) -> None:
    """Read an event from the folder EVENT_DIR and write everybody's agenda.

    EVENT_DIR holds event.toml, participants.csv, wishes.csv and, if you like, items.csv. Written
    are calendars/<id>.ics, schedule.csv, unplaced.csv and report.json. Where anything is wrong
    nothing is written, and every error is named with its file, line and column.
    """
    try:
        snapshot = read_folder(event_dir)
        check_place(out, agenda_names(snapshot))
        outcome = arrange(snapshot, seed=seed, seconds=seconds, progress=_progress())
        write_agenda(snapshot, outcome, out)
    except Refusal as refusal:
        raise BadInput(refusal.sentence) from refusal
    except OSError as error:
        raise click.ClickException(f"The agenda could not be written: {error}.") from error
    click.echo(f"{_summary(outcome.report)} Written to {out}.")


def _progress() -> Callable[[str, int, int | None, float], None]:
    """A line on standard error for each tenth of the work."""
    told = -1

    def tell(stage: str, value: int, bound: int | None, fraction: float) -> None:
        nonlocal told
        if int(10 * fraction) > told:
            told = int(10 * fraction)
            most = "" if bound is None else f" of at most {bound}"
            click.echo(f"{fraction:4.0%}  {stage}: value {value}{most}", err=True)

    return tell


def _summary(report: Report) -> str:
    return (
        f"{report.meetings} meetings for {report.participants} participants, "
        f"{report.without_meeting} without one; value {report.value} of at most {report.bound}."
    )
