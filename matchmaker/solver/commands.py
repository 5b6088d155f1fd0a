"""The commands `solve` and `verify`: instances from files, without a database."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from matchmaker.solver.answers import (
    Answer,
    answer_given,
    answer_problem,
    check_given,
    check_problem,
    no_schedule,
    read_document,
)
from matchmaker.solver.dzn import read_dzn
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.instance_error import InstanceError, NoScheduleError
from matchmaker.solver.json_instance import NamedProblem, read_json
from matchmaker.solver.stop import AfterSeconds, Never, Stop

BROKEN, BAD_INPUT, INFEASIBLE = 1, 2, 3
STDOUT, STDERR = 1, 2

Instance = GivenMeetings | NamedProblem
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _fairness(_context: click.Context, _option: click.Parameter, value: str) -> int | None:
    if value != "none" and not value.isdecimal():
        raise click.BadParameter(f"{value!r} is neither a number from 0 up nor none.")
    return None if value == "none" else int(value)


fairness_option = click.option(
    "--fairness",
    callback=_fairness,
    default="2",
    metavar="NUMBER|none",
    show_default=True,
    help="For a .dzn file: how many more breaks one person may have than another, or none.",
)


@click.command("solve")
@click.argument("file", type=FILE)
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write here.")
@click.option("--seed", default=0, show_default=True, help="The same seed, the same schedule.")
@click.option("--time", "seconds", type=click.FloatRange(min=0), help="Stop after so many seconds.")
@fairness_option
def solve_command(
    file: Path, out: Path | None, seed: int, seconds: float | None, fairness: int | None
) -> None:
    """Schedule the meetings of FILE: a .dzn instance, or JSON as docs/solver.md describes.

    Exit 0 with a schedule, 2 where FILE cannot be read, 3 where it is proved to have none.
    """
    stop: Stop = Never() if seconds is None else AfterSeconds(seconds)
    try:
        instance = _read(file)
    except NoScheduleError as error:
        answer = no_schedule(error.rules)
    else:
        with _engine_on_stderr():
            answer = _answer(instance, stop, seed, fairness)
    if out is not None:
        out.write_text(json.dumps(answer.document) + "\n", encoding="utf-8")
    if answer.infeasible:
        _tell_conflict(file, answer)
    click.echo(json.dumps(answer.summary))
    sys.exit(INFEASIBLE if answer.infeasible else 0)


@contextmanager
def _engine_on_stderr() -> Iterator[None]:
    """HiGHS now and then writes a line of its own where only our last line should stand."""
    sys.stdout.flush()
    own = os.dup(STDOUT)
    os.dup2(STDERR, STDOUT)
    try:
        yield
    finally:
        os.dup2(own, STDOUT)
        os.close(own)


def _tell_conflict(file: Path, answer: Answer) -> None:
    click.echo(f"{file}: there is no schedule that holds all given or locked meetings.", err=True)
    if rules := answer.document["conflict"]:
        click.echo("These rules cannot all be kept; change one of them:", err=True)
        for rule in rules:
            click.echo(f"- {rule}", err=True)


def _answer(instance: Instance, stop: Stop, seed: int, fairness: int | None) -> Answer:
    if isinstance(instance, GivenMeetings):
        return answer_given(instance, stop=stop, most_each=fairness)
    return answer_problem(instance, stop=stop, seed=seed)


@click.command("verify")
@click.argument("file", type=FILE)
@click.argument("schedule", type=FILE)
@fairness_option
def verify_command(file: Path, schedule: Path, fairness: int | None) -> None:
    """Check SCHEDULE, as `solve` writes it, against FILE, rule by rule.

    Exit 0 where it keeps every rule, 1 where it breaks one, 2 where a file cannot be read, 3 where
    it says that there is no schedule.
    """
    try:
        instance = _read(file)
        document = read_document(_text(schedule))
        if document.get("infeasible"):
            click.echo("It says that there is no schedule; nothing to check.")
            sys.exit(INFEASIBLE)
        broken = (
            check_given(instance, document, most_each=fairness)
            if isinstance(instance, GivenMeetings)
            else check_problem(instance, document)
        )
    except NoScheduleError as error:
        click.echo(f"{file}: there is no schedule: {error}.")
        sys.exit(INFEASIBLE)
    except InstanceError as error:
        _refuse(schedule, str(error))
    for violation in broken:
        click.echo(f"{violation.rule}: {violation.text}")
    click.echo("Every rule is kept." if not broken else f"{len(broken)} rules are broken.")
    sys.exit(BROKEN if broken else 0)


def _read(file: Path) -> Instance:
    try:
        if file.suffix.lower() == ".dzn":
            return read_dzn(file.read_text(encoding="utf-8-sig", errors="replace"))
        return read_json(_text(file))
    except InstanceError as error:
        _refuse(file, str(error))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InstanceError("it is not written in UTF-8.") from error


def _refuse(file: Path, sentence: str) -> NoReturn:
    click.echo(f"{file}: {sentence}", err=True)
    sys.exit(BAD_INPUT)
