"""Every answer, errors too, tells the browser to trust nothing that is not ours."""

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import Headers

from config import Config
from matchmaker.app import create_app

PATHS = ("/sign-in", "/sign-in/password", "/no/such/page", "/static/css/base.css")


def headers_of(app: Flask, path: str) -> Headers:
    with app.test_client().get(path) as response:
        return response.headers


@pytest.mark.parametrize("path", PATHS)
def test_the_policy_allows_our_own_files_and_nothing_inline(app: Flask, path: str) -> None:
    headers = headers_of(app, path)
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))

    assert policy == {
        "default-src": "'self'",
        "worker-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("path", PATHS)
def test_the_other_headers_are_there(app: Flask, path: str) -> None:
    headers = headers_of(app, path)

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert "Strict-Transport-Security" not in headers


def test_pages_are_kept_by_no_shared_cache(app: Flask) -> None:
    assert headers_of(app, "/sign-in")["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("base_url", "secure"), [("http://a.example", False), ("https://a.example", True)]
)
def test_cookies_are_secure_where_the_site_is(tmp_path: Path, base_url: str, secure: bool) -> None:
    url = f"sqlite:///{tmp_path / 'unused.db'}"
    app = create_app(Config(tmp_path, url, "s" * 32, base_url=base_url, rate_limits=False))
    client = app.test_client()

    headers = client.get("/sign-in", base_url=base_url).headers

    cookie = client.get_cookie("matchmaker", "a.example")
    assert cookie is not None
    assert (cookie.secure, cookie.http_only, cookie.same_site) == (secure, True, "Lax")
    assert app.config["REMEMBER_COOKIE_SECURE"] is secure
    assert ("Strict-Transport-Security" in headers) is secure
