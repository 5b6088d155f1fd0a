"""Pages are fetched as from a browser apart, so that nothing of the test leaks into a request."""

from tests.accounts.conftest import app

__all__ = ["app"]
