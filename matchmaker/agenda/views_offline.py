"""The script that keeps one's agenda on the phone, where it reads without a network."""

from flask import Blueprint, Response, current_app, send_from_directory

from matchmaker.access import anyone

blueprint = Blueprint("offline", __name__)


@blueprint.get("/agenda-worker.js")
@anyone
def worker() -> Response:
    """At the root, since a browser lets such a script see only what lies below its own address."""
    response = send_from_directory(f"{current_app.static_folder}/js", "agenda-worker.js")
    response.headers["Cache-Control"] = "no-cache"
    return response
