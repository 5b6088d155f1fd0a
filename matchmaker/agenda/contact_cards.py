"""Contact cards (vCard 3.0, which every phone takes, or 4.0) and one's own as a QR code."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import segno
import vobject

from matchmaker.registration.audience import Contact, Viewer, contact_of
from matchmaker.registration.models import Participant

USUAL = "3.0"
VERSIONS = (USUAL, "4.0")
_CELL = 8


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card: what its reader may know of the person."""

    contact: Contact
    organisation: str
    country: str
    note: str = ""


def card_of(person: Participant, viewer: Viewer, *, note: str = "") -> Card:
    """The card of somebody the viewer meets; `note` says where they met."""
    organisation = person.organisation
    return Card(
        contact=contact_of(person, viewer),
        organisation=organisation.name if organisation else "",
        country=person.country or (organisation.country if organisation else ""),
        note=note,
    )


def own_card(me: Participant) -> Card:
    """What one hands to somebody one meets; what is for organisers alone is not on it."""
    return card_of(me, Viewer(event_id=me.event_id, met=frozenset({me.id})))


def vcards(cards: Iterable[Card], version: str = USUAL) -> bytes:
    """The cards as one file, in the order given."""
    written = "".join(_vcard(card, version) for card in cards)
    return written.encode()


def qr_code(card: Card) -> bytes:
    """The card as a picture (SVG), black on white with the quiet edge that cameras need."""
    picture = io.BytesIO()
    code = segno.make(_vcard(card), error="m", micro=False, encoding="utf-8")
    code.save(picture, kind="svg", scale=_CELL, border=4, light="white", xmldecl=False)
    return picture.getvalue()


def _vcard(card: Card, version: str = USUAL) -> str:
    """What stands on a card is written alike in both versions."""
    vcard, contact = vobject.vCard(), card.contact
    vcard.add("version").value = version
    given, _space, family = contact.name.rpartition(" ")
    vcard.add("n").value = vobject.vcard.Name(family=family, given=given)
    vcard.add("fn").value = contact.name
    if card.organisation:
        vcard.add("org").value = [card.organisation]
    lines = {
        "title": contact.job_title,
        "email": contact.email,
        "tel": contact.phone,
        "url": contact.link,
        "note": card.note,
    }
    for name, value in lines.items():
        if value:
            vcard.add(name).value = value
    written: str = vcard.serialize()
    return written
