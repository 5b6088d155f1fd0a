"""The fixtures themselves: each backend gives an empty, migrated database."""

import pytest
from flask import Flask

from matchmaker.events.models import Event
from matchmaker.extensions import db
from tests.factories.events import make_event, make_participant, make_wish


@pytest.mark.both_databases
def test_rows_are_stored_and_times_come_back_aware_in_utc(app: Flask) -> None:
    with app.app_context():
        event = make_event()
        one, other = make_participant(event), make_participant(event)
        make_wish(one, other)
        db.session.expire_all()

        stored = db.session.get(Event, event.id)

        assert [slot.starts_at.isoformat() for slot in stored.slots][:1] == [
            "2027-04-28T10:00:00+00:00"
        ]
