"""The processes of a running site: the web server, the worker, and the one that minds both.

The application is imported inside the functions that need it: the process that minds the others
and the web server's first process do without, and start the sooner for it.
"""

import gc
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from types import FrameType

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from matchmaker.parent import leave_with

HOST, PORT = "127.0.0.1", 8000
THREADS_A_WORKER = 2
PATIENCE_SECONDS = 10
LOOK_EVERY = 0.3
THINGS_A_COLLECTION = 100_000


def application() -> Flask:
    """What web and worker run, configured from the environment they inherit."""
    from matchmaker.app import create_app  # noqa: PLC0415 - see the top
    from matchmaker.configuration import Config  # noqa: PLC0415 - see the top

    app = create_app(Config.from_env())
    collect_seldom()
    return app


def collect_seldom() -> None:
    """Look for garbage once in a few requests; most of it is gone with the last that names it.

    A list of a thousand people makes so many small things that it was looked through forty times a
    request, and every third time with all that is kept. What is loaded by now stays for good.
    """
    gc.freeze()
    gc.set_threshold(THINGS_A_COLLECTION)


def host_and_port(command: Callable[..., None]) -> Callable[..., None]:
    """The two options of every command that opens a port."""
    port = click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
    host = click.option("--host", default=HOST, show_default=True, help="Address to listen on.")
    return host(port(command))


@click.command()
@host_and_port
def serve(host: str, port: int) -> None:
    """Start the web server and the worker, and mind both."""
    refuse_taken_port(host, port)
    name_address(host, port)
    upgrade_database()
    click.echo(f"Matchmaker is at {os.environ['MATCHMAKER_BASE_URL']}  (Ctrl-C to stop)")
    mind(host, port)


@click.command()
@host_and_port
@click.option("--parent", type=int, hidden=True, help="Stop when this process is gone.")
def web(host: str, port: int, parent: int | None) -> None:
    """Start the web server alone."""
    if parent is None:
        refuse_taken_port(host, port)
        name_address(host, port)
        upgrade_database()
    else:
        leave_with(parent)
    Granian(
        "matchmaker.serving:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=os.cpu_count() or 1,
        blocking_threads=THREADS_A_WORKER,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


@click.command()
@click.option("--parent", type=int, hidden=True, help="Stop when this process is gone.")
def worker(parent: int | None) -> None:
    """Start the worker alone: runs of the optimiser, and mail."""
    from matchmaker.worker import work  # noqa: PLC0415 - see the top

    if parent is None:
        upgrade_database()
    else:
        leave_with(parent)
    work(application())


def refuse_taken_port(host: str, port: int) -> None:
    """Say so at once, and what to do, where another program listens already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used: {error.strerror}. Stop the program that"
                f" listens there, or choose another port: --port {port + 1}."
            ) from error


def name_address(host: str, port: int) -> None:
    """Links in mails point here unless MATCHMAKER_BASE_URL names the public address."""
    shown = f"[{host}]" if ":" in host else host
    os.environ.setdefault("MATCHMAKER_BASE_URL", f"http://{shown}:{port}")


def upgrade_database() -> None:
    """Bring the tables up to date; several processes may do so at once."""
    import flask_migrate  # noqa: PLC0415 - see the top

    with application().app_context():
        flask_migrate.upgrade()


def mind(host: str, port: int) -> None:
    """Run web and worker as children, start one that died again, end both with this process."""
    own = str(os.getpid())
    commands = {
        "web": ["web", "--host", host, "--port", str(port), "--parent", own],
        "worker": ["worker", "--parent", own],
    }
    children = {name: _start(arguments) for name, arguments in commands.items()}
    signal.signal(signal.SIGTERM, _leave)
    try:
        while True:
            time.sleep(LOOK_EVERY)
            for name, child in children.items():
                if child.poll() is not None:
                    click.echo(f"The {name} ended ({child.returncode}); starting it again.")
                    time.sleep(1)
                    children[name] = _start(commands[name])
    except (KeyboardInterrupt, SystemExit):
        click.echo("Stopping.")
    finally:
        _stop(list(children.values()))


def _start(arguments: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "matchmaker", *arguments])  # noqa: S603 - ours


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask first; insist after a while."""
    for child in children:
        child.terminate()
    until = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
