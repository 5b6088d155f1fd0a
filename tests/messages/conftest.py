"""A mail server of one's own."""

from tests.messages.smtp_server import config, inbox, server

__all__ = ["config", "inbox", "server"]
