"""What may stand in one cell: lengths that the database holds too, and addresses."""

import pytest

from matchmaker.events.models import Event, MeetingPoint, ParticipantType, Topic
from matchmaker.exchange import shapes
from matchmaker.exchange.problems import NotRight
from matchmaker.marketplace.models import Item
from matchmaker.organisations.models import Organisation
from matchmaker.programme.models import Session
from matchmaker.registration.models import Participant


@pytest.mark.parametrize(
    ("column", "limit"),
    [
        (Participant.ref, shapes.ID),
        (Topic.key, shapes.ID),
        (Event.slug, shapes.SLUG),
        (MeetingPoint.name, shapes.POINT),
        (ParticipantType.name, shapes.TYPE),
        (Participant.name, shapes.PERSON),
        (Topic.name, shapes.TOPIC),
        (Session.room, shapes.ROOM),
        (Event.name, shapes.EVENT),
        (Event.place, shapes.PLACE),
        (Organisation.name, shapes.ORGANISATION),
        (Item.title, shapes.TITLE),
        (Item.partner_role, shapes.ROLE),
        (Session.title, shapes.SESSION),
    ],
)
def test_what_is_read_can_be_stored(column, limit):
    assert column.type.length == limit


@pytest.mark.parametrize(
    "address",
    ["aino@kierto.example", "åsa@öhman.example", "a+b@x.test", "p1@event.invalid", "O'Neill@x.ie"],
)
def test_an_address_is_taken_as_it_is_written(address):
    assert shapes.email(f" {address} ") == address


@pytest.mark.parametrize("text", ["aino", "a@", "@b.fi", "a b@c.fi", "a@b", "a@b.fi, c@d.fi"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(NotRight, match="is no e-mail address"):
        shapes.email(text)


@pytest.mark.parametrize(
    "identity", ["p1", "aino.virtanen", "7", "Öhman-Åsa", "a b", "x@y.example", "ref_9+"]
)
def test_ids_may_be_written_in_many_ways(identity):
    assert shapes.identifier(identity) == identity
