"""The mail server: a connection that is opened when first needed."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from types import TracebackType

from matchmaker.configuration import MailServer

TIMEOUT_SECONDS = 30
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class Connection:
    """Sends messages over one connection, opened for the first and closed at the end."""

    def __init__(self, server: MailServer, name: str) -> None:
        self.server = server
        self.name = name
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._smtp is not None:
            with suppress(OSError):
                self._smtp.quit()
            self._smtp.close()

    def send(self, message: EmailMessage) -> None:
        """Hand one message over.

        Raises:
            smtplib.SMTPRecipientsRefused: the server does not take this address.
            OSError: anything else that went wrong, `smtplib.SMTPException` being one.
        """
        if self._smtp is None:
            self._smtp = self._open()
        self._smtp.send_message(message)

    def _open(self) -> smtplib.SMTP:
        where = self.server.host, self.server.port
        if self.server.tls:
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                *where, self.name, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            smtp = smtplib.SMTP(*where, self.name, timeout=TIMEOUT_SECONDS)
        try:
            self._introduce(smtp)
        except OSError:
            smtp.close()
            raise
        return smtp

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo()
        encrypted = self.server.tls
        if not encrypted and smtp.has_extn("starttls"):
            smtp.starttls(context=ssl.create_default_context())
            encrypted = True
        if not self.server.user:
            return
        if not encrypted and self.server.host not in THIS_MACHINE:
            raise smtplib.SMTPNotSupportedError(
                "The mail server offers no encryption, so the password is not sent to it;"
                " write smtps:// in MATCHMAKER_SMTP."
            )
        smtp.login(self.server.user, self.server.password)
