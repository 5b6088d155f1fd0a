"""What every request and response has in common: settings, headers, transactions."""

import hashlib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, current_app, request
from msgspec import json
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter

from matchmaker.configuration import Config
from matchmaker.database import begin_reading, begin_writing
from matchmaker.resources import resource_dir

LARGEST_UPLOAD = 6 * 1024 * 1024
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "worker-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
COMPRESSED = [
    "text/html",
    "text/css",
    "text/javascript",
    "text/calendar",
    "application/json",
    "application/manifest+json",
    "image/svg+xml",
]
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_NUMBER = 2**31 - 1


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: a larger one names no row, and a database would not even look."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"max": LARGEST_NUMBER, **options})


def row_numbers(given: MultiDict[str, str], name: str) -> list[int]:
    """Those sent under this name that can be a row's, each once, in their order."""
    sent = dict.fromkeys(given.getlist(name, type=int))
    return [number for number in sent if 0 < number <= LARGEST_NUMBER]


def app_config() -> Config:
    """The configuration of the application in hand."""
    config: Config = current_app.extensions["matchmaker.config"]
    return config


def flask_settings(config: Config) -> dict[str, Any]:
    """What Flask and its extensions need to know, from our configuration."""
    return {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"json_deserializer": json.decode},  # a list reads thousands
        "MAX_CONTENT_LENGTH": LARGEST_UPLOAD,
        "SESSION_COOKIE_NAME": "matchmaker",
        "SESSION_COOKIE_SECURE": config.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": config.is_https,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_DURATION": timedelta(days=60),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "RATELIMIT_ENABLED": config.rate_limits,
        "RATELIMIT_STORAGE_URI": "memory://",
        "RATELIMIT_HEADERS_ENABLED": True,
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_TRANSLATION_DIRECTORIES": str(resource_dir("translations")),
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_LEVEL": 6,
        "COMPRESS_MIMETYPES": COMPRESSED,
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(hours=1),
    }


def absolute_url(endpoint: str, **values: Any) -> str:
    """The whole public address of a page, also where no request is at hand."""
    path: str = current_app.url_map.bind("localhost").build(endpoint, values)
    return app_config().base_url + path


def register_request_rules(app: Flask) -> None:
    app.before_request(_refuse_null_signs)
    app.before_request(_choose_transaction)
    app.teardown_request(lambda _error: begin_writing())
    app.after_request(_add_headers)
    app.url_defaults(_name_version_of_static_file)


def _refuse_null_signs() -> None:
    """PostgreSQL takes none, so nothing is found under one; what is typed is cleaned elsewhere."""
    if "\0" in request.path:
        abort(404)


def _choose_transaction() -> None:
    if request.method in READING_METHODS:
        begin_reading()
    else:
        begin_writing()


def _name_version_of_static_file(endpoint: str, values: dict[str, Any]) -> None:
    """A changed file has another address, so that browsers may keep the old one for long."""
    if endpoint == "static" and "v" not in values and current_app.static_folder:
        values["v"] = _fingerprint(Path(current_app.static_folder) / values["filename"])


@cache
def _fingerprint(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else None


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if app_config().is_https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint == "static" and "v" in request.args:
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.add("Accept-Language")
    return response
