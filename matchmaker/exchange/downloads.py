"""A file to take away, of which no cache keeps a copy."""

import io

from flask import send_file
from werkzeug.wrappers import Response

CSV = "text/csv"
ZIP = "application/zip"


def download(body: bytes, name: str, kind: str = CSV) -> Response:
    response = send_file(io.BytesIO(body), mimetype=kind, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
