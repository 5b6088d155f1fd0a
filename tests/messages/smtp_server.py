"""A real mail server on this machine that keeps what it is sent, and can be told to misbehave."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from flask import Flask

from config import Config
from matchmaker.configuration import MailServer

USER, PASSWORD = "matchmaker", "smtp password"


class Inbox:
    """What arrived; `refuse` holds answers by address, `dies_after` so many mails it hangs up."""

    def __init__(self) -> None:
        self.arrived: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.signed_in: list[bool] = []
        self.refuse: dict[str, str] = {}
        self.dies_after: int | None = None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.dies_after is not None and len(self.arrived) >= self.dies_after:
            server.transport.abort()
            return "421 gone"
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.arrived.append(message)
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"


def free_port() -> int:
    """The controller cannot be asked which port it was given, so it is given one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def running(inbox: Inbox, *, with_login: bool = False) -> Iterator[MailServer]:
    """The server on a free port while the block lasts."""

    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        fits = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        inbox.signed_in.append(fits)
        return AuthResult(success=fits, handled=False)

    options = {"authenticator": check, "auth_require_tls": False}
    port = free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options if with_login else {})
    controller.start()
    try:
        yield MailServer("127.0.0.1", port)
    finally:
        controller.stop()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[MailServer]:
    with running(inbox) as server:
        yield server


@pytest.fixture
def config(app: Flask, server: MailServer) -> Config:
    given: Config = app.extensions["matchmaker.config"]
    return replace(given, mail_server=server, mail_from="event@niskala.example")
