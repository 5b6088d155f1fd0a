"""Somebody with an account."""

import pytest

from matchmaker.accounts.models import User
from tests.accounts.visits import ADDRESS
from tests.factories.events import make_user


@pytest.fixture
def aino(context: object) -> User:
    return make_user("Aino Niskala", email=ADDRESS)
