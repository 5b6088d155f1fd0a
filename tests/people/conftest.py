"""An event whose people have something to say to each other, and Sara, who looks at them."""

from typing import NamedTuple

import pytest
from flask import Flask
from flask.ctx import AppContext

from matchmaker.events.models import Event
from matchmaker.registration.models import Participant
from tests.factories.events import (
    make_event,
    make_item,
    make_organisation,
    make_participant,
)
from tests.pages.client import PageClient


class Kittila(NamedTuple):
    event: Event
    sara: Participant
    aino: Participant
    marek: Participant
    client: PageClient


@pytest.fixture
def kittila(app: Flask, context: AppContext) -> Kittila:
    event = make_event()
    sara, aino, marek = (
        make_participant(
            event, name, organisation=make_organisation(of, country=country), type_name=kind
        )
        for name, of, country, kind in (
            ("Sara Lindqvist", "Norrbotten Gruv", "SE", "SME"),
            ("Aino Niskala", "Pohjolan Kierto Oy", "FI", "SME"),
            ("Marek Zieliński", "Silesia Mining Cluster", "PL", "cluster"),
        )
    )
    make_item(sara, "need", "Dry tailings treatment")
    make_item(aino, "offer", "Dry tailings treatment")
    make_item(marek, "need", "Permitting data", topic="digital")
    return Kittila(event, sara, aino, marek, PageClient(app).sign_in(sara.user))
