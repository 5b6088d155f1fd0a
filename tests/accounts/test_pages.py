"""One's account in the browser: signing out, the name, and who is no longer let in."""

from pathlib import Path

import pytest

from config import Config
from matchmaker.accounts.models import User
from matchmaker.app import create_app
from matchmaker.extensions import db, limiter
from tests.accounts.visits import ADDRESS, PASSWORD, is_signed_in, mailed_link
from tests.conftest import Databases
from tests.pages.client import PageClient, reload

pytestmark = pytest.mark.usefixtures("context")


def test_signing_out_ends_the_session_and_the_remembered_one(
    client: PageClient, aino: User
) -> None:
    client.submit(mailed_link(aino), remember="y")

    client.submit("/sign-out", on="/account")

    assert is_signed_in(client) is False
    assert client.http.get_cookie("remember_token") is None


@pytest.mark.parametrize(("values", "remembered"), [({"remember": "y"}, True), ({}, False)])
def test_a_device_stays_signed_in_only_if_asked_to(
    client: PageClient, aino: User, values: dict[str, str], remembered: bool
) -> None:
    client.submit(mailed_link(aino), **values)
    client.http.delete_cookie("matchmaker")  # what closing the browser does

    assert is_signed_in(client) is remembered


def test_a_name_is_changed(client: PageClient, aino: User) -> None:
    client.sign_in(aino)

    client.submit("/account", name=" Aino Örn 🦌 ")
    refused = client.submit("/account", name="", status=422)

    assert reload(aino).name == "Aino Örn 🦌"
    assert "Type your name" in refused.text


@pytest.mark.parametrize("path", ["/account", "/account/password", "/account/password/remove"])
def test_a_stranger_is_led_to_sign_in_and_back(client: PageClient, path: str) -> None:
    page = client.get(path, status=302)

    assert page.response.location == f"/sign-in?next={path}"


def test_a_session_of_an_erased_user_is_none(client: PageClient, aino: User) -> None:
    client.sign_in(aino)
    db.session.delete(aino)
    db.session.commit()

    assert is_signed_in(client) is False


def test_one_network_address_may_not_try_without_end(tmp_path: Path, databases: Databases) -> None:
    config = Config(tmp_path, f"sqlite:///{tmp_path / 'limits.db'}", "s" * 32)
    databases.copy_to(tmp_path / "limits.db")
    app = create_app(config)
    try:
        client = PageClient(app)
        token = client.token("/sign-in/password")
        answers = [
            client.http.post(
                "/sign-in/password",
                data={"email": ADDRESS, "password": PASSWORD, "csrf_token": token},
            )
            for _ in range(11)
        ]
    finally:
        limiter.enabled = False
        with app.app_context():
            db.engine.dispose()

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert "Too many tries" in answers[-1].get_data(as_text=True)
    assert int(answers[-1].headers["Retry-After"]) <= 60
