"""A client that checks the hygiene of every page it fetches and returns it parsed."""

from collections.abc import Iterable
from contextvars import Context
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from matchmaker.accounts.models import User
from matchmaker.extensions import db
from tests.pages.html import Html


class Page(Html):
    """A fetched page: its status, its text, and the elements found by XPath."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__(response.get_data(as_text=True))
        self.response = response
        self.status = response.status_code

    @property
    def heading(self) -> str:
        return self.texts("//h1")[0]

    @property
    def text(self) -> str:
        return " ".join(self.texts("//main"))


class ApartClient(FlaskClient):
    """Sends each request from an empty context, as it comes from another machine.

    Flask would otherwise lend the request the test's own context: its session, who is signed in.
    What is sent while it is made is read there too.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            db.session.rollback()  # SQLite has one writer: the test may not be it
        return Context().run(super().open, *args, **kwargs | {"buffered": True})


class PageClient:
    """Fetches pages as a browser without script would: forms carry what the page gave them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http = ApartClient(app, app.response_class)

    def sign_in(self, user: User) -> "PageClient":
        """Start a session for `user` without the mailed link."""
        with self.http.session_transaction() as session:
            session["_user_id"] = f"{user.id}:{user.session_number}"
            session["_fresh"] = True
        return self

    def get(self, path: str, *, status: int = 200, follow: bool = False) -> Page:
        response = self.http.get(path, follow_redirects=follow)
        return self._checked(response, path, status)

    def submit(
        self,
        path: str,
        *,
        on: str | None = None,
        status: int = 302,
        **values: str | Iterable[str],
    ) -> Page:
        """Send the form at `on` (else `path`) to `path`, with its CSRF token."""
        token = self.token(on or path)
        response = self.http.post(path, data={"csrf_token": token, **values})
        return self._checked(response, path, status)

    def token(self, path: str) -> str:
        page = Page(self.http.get(path))
        tokens = page.find("//input[@name='csrf_token']/@value")
        assert tokens, f"{path} has no form to send"
        return str(tokens[0])

    def _checked(self, response: TestResponse, path: str, status: int) -> Page:
        assert response.status_code == status, (
            f"{path} answered {response.status_code} {response.headers.get('Location', '')}"
        )
        page = Page(response)
        if response.mimetype == "text/html" and status < 300 and "hx-" not in path:
            _check_hygiene(page, path)
        return page


def _check_hygiene(page: Page, path: str) -> None:
    if not page.find("//body/header | //body/main | //body//main"):
        return  # a fragment for htmx
    headings = page.find("//h1")
    assert len(headings) == 1, f"{path} has {len(headings)} main headings"
    ids = page.find("//@id")
    assert len(ids) == len(set(ids)), f"{path} repeats ids: {sorted(ids)}"
    assert not page.find("//@style | //style"), f"{path} has inline style"
    assert not page.find("//script[not(@src)] | //@*[starts-with(name(), 'on')]"), (
        f"{path} has inline script"
    )
    for form in page.find("//form[translate(@method, 'POST', 'post')='post']"):
        assert form.xpath(".//input[@name='csrf_token']"), f"{path} has a form without a token"
    for address in page.find("//@src | //link/@href | //form/@action"):
        assert not urlsplit(str(address)).netloc, f"{path} names another host: {address}"
    labelled = {str(target) for target in page.find("//label/@for")}
    fields = "//input[not(@type='hidden' or @type='submit')] | //select | //textarea"
    for field in page.find(fields):
        named = field.get("id") in labelled or field.get("aria-label")
        assert named or field.get("aria-labelledby") or field.xpath("ancestor::label"), (
            f"{path} has a field without a label: {etree.tostring(field)!r}"
        )


def reload(row: Any) -> Any:
    """The row as the database has it now."""
    db.session.expire_all()
    return db.session.get(type(row), row.id)
