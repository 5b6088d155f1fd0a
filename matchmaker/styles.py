"""The one stylesheet of every page: the files of `static/css`, joined in the order they build on.

One request in place of a dozen: on a phone each costs a round trip before anything is painted.
Comments and indentation, a fifth of it, stay behind.
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, current_app, url_for

from matchmaker.access import anyone

NAMES = (
    "tokens",
    "base",
    "shell",
    "header",
    "layout",
    "buttons",
    "fields",
    "chips",
    "filters",
    "people",
    "finding",
    "agenda",
    "followup",
    "figures",
    "curve",
    "grid",
    "notices",
    "event",
    "people-table",
    "items",
    "combobox",
    "questions",
    "acting",
    "attending",
    "mailings",
    "two-factor",
    "log",
    "setup",
    "points",
    "opening",
    "paper",
)

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENTED = re.compile(r"\s*\n\s*")

blueprint = Blueprint("styles", __name__)


@blueprint.get("/static/css/all.css")
@anyone
def all_in_one() -> Response:
    text, _version = _joined()
    response = Response(text, mimetype="text/css")
    response.cache_control.public = True
    response.cache_control.max_age = 31_536_000
    response.cache_control.immutable = True
    return response


def stylesheet_url() -> str:
    """Another address whenever a file changed, so that browsers may keep it for long."""
    return url_for("styles.all_in_one", v=_joined()[1])


def _joined() -> tuple[str, str]:
    folder = Path(str(current_app.static_folder)) / "css"
    paths = [folder / f"{name}.css" for name in NAMES]
    return _join(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=2)
def _join(files: tuple[tuple[Path, int], ...]) -> tuple[str, str]:
    text = "".join(path.read_text(encoding="utf-8") for path, _changed in files)
    text = INDENTED.sub("\n", COMMENT.sub("", text))
    return text, hashlib.sha256(text.encode()).hexdigest()[:8]
