"""Contacts to take along: of the people one meets, and one's own to be scanned from the screen."""

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask_babel import gettext as _

from matchmaker.access import participant
from matchmaker.agenda.contact_cards import (
    USUAL,
    VERSIONS,
    Card,
    card_of,
    own_card,
    qr_code,
    vcards,
)
from matchmaker.agenda.queries import people_met
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.events.said import said
from matchmaker.registration.audience import viewer_for
from matchmaker.registration.models import Participant

blueprint = Blueprint("cards", __name__)


@blueprint.get("/e/<slug>/agenda/card")
@participant
def own(event: Event, me: Participant) -> str:
    return render_template("agenda/card.html", card=own_card(me), now=now())


@blueprint.get("/e/<slug>/agenda/card.svg")
@participant
def own_code(event: Event, me: Participant) -> Response:
    response = make_response(qr_code(own_card(me)))
    response.headers["Content-Type"] = "image/svg+xml"
    return response


@blueprint.get("/e/<slug>/agenda/card.vcf")
@participant
def own_file(event: Event, me: Participant) -> Response:
    return _file([own_card(me)], f"{event.slug}-card")


@blueprint.get("/e/<slug>/agenda/contacts.vcf")
@participant
def everybody_met(event: Event, me: Participant) -> Response:
    return _cards(event, me, people_met(me), f"{event.slug}-contacts")


@blueprint.get("/e/<slug>/agenda/contacts/<int:participant_id>.vcf")
@participant
def somebody_met(event: Event, me: Participant, participant_id: int) -> Response:
    """Of people one does not meet nothing is said, not even that they are here."""
    found = [person for person in people_met(me) if person.id == participant_id]
    return _cards(event, me, found or abort(404), f"{event.slug}-contact-{participant_id}")


def _cards(event: Event, me: Participant, people: list[Participant], name: str) -> Response:
    viewer, note = viewer_for(me), _("Met at %(event)s", event=said(event, "name"))
    return _file([card_of(person, viewer, note=str(note)) for person in people], name)


def _file(cards: list[Card], name: str) -> Response:
    """In the version asked for, if it is one we write."""
    asked = request.args.get("version", "")
    version = asked if asked in VERSIONS else USUAL
    response = make_response(vcards(cards, version))
    response.headers["Content-Type"] = "text/vcard; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.vcf"'
    return response
