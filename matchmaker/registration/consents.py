"""What a participant agrees to, purpose by purpose, each with its wording and the moment.

A wording that was agreed to is never changed: a new one gets the next version, and whoever agreed
to an earlier one has agreed to that.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matchmaker.clock import now
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.registration.models_consents import Consent


class Purpose(StrEnum):
    SHOWN = "shown"
    SERIES = "series"
    PHOTOS = "photos"
    NEWS = "news"


class Wording(NamedTuple):
    """What somebody agrees to, in short and in full."""

    version: int
    label: str
    text: str


WORDINGS = {
    Purpose.SHOWN: (
        Wording(
            1,
            _l("Other participants may see me"),
            _l(
                "If you agree, approved participants see your name, organisation, type, country,"
                " languages, offers and needs, so that they can ask to meet you. Without it nobody"
                " finds you. You can take it back at any time."
            ),
        ),
    ),
    Purpose.SERIES: (
        Wording(
            1,
            _l("Keep my profile for the next events of this series"),
            _l(
                "The organiser may use what you entered to invite you to the next event of the"
                " series and to fill in your registration there."
            ),
        ),
        Wording(
            2,
            _l("Keep my profile for the next events of this series"),
            _l(
                "The organiser may use what you entered to invite you to the next event of the"
                " series and to fill in your registration there. You and the people you met here"
                " see there that you met, if they agree too."
            ),
        ),
    ),
    Purpose.PHOTOS: (
        Wording(
            1,
            _l("I may be in photos of the event"),
            _l("The organiser may publish pictures from the event in which you can be recognised."),
        ),
    ),
    Purpose.NEWS: (
        Wording(
            1,
            _l("Write to me about other events"),
            _l("The organiser may mail you about other events, a few times a year."),
        ),
    ),
}
# News is not asked for any more: nothing sends it. Who agreed once can still read to what.
OPTIONAL = (Purpose.SERIES, Purpose.PHOTOS)


def wording(purpose: Purpose, version: int | None = None) -> Wording:
    """The wording in force, or the one of this version."""
    known = WORDINGS[purpose]
    return next((each for each in known if each.version == version), known[-1])


def asked_for() -> list[tuple[Wording, ...]]:
    """Every wording of each purpose that is asked for."""
    return [WORDINGS[purpose] for purpose in (Purpose.SHOWN, *OPTIONAL)]


def consents_of(participant: Participant) -> list[Consent]:
    """All that was ever agreed to, the oldest first."""
    given = select(Consent).where(Consent.participant_id == participant.id)
    return list(db.session.scalars(given.order_by(Consent.given_at, Consent.id)))


def standing_consents(participant: Participant) -> dict[Purpose, Consent]:
    """What the participant agrees to now, by the latest word of each."""
    known = {str(purpose) for purpose in Purpose}
    return {
        Purpose(each.purpose): each
        for each in consents_of(participant)
        if each.withdrawn_at is None and each.purpose in known
    }


def agrees(participant: Participant, purpose: Purpose) -> bool:
    """To the wording in force; not where an earlier one was agreed to."""
    consent = standing_consents(participant).get(purpose)
    return consent is not None and not is_outdated(consent)


def is_outdated(consent: Consent) -> bool:
    return consent.version != wording(Purpose(consent.purpose)).version


def renew_consent(participant: Participant, purpose: Purpose) -> None:
    """Agree to the wording in force in place of an earlier one; where none stands, to nothing."""
    db.session.execute(
        select(Participant.id).where(Participant.id == participant.id).with_for_update()
    )
    earlier = [
        one
        for one in consents_of(participant)
        if one.purpose == purpose and one.withdrawn_at is None and is_outdated(one)
    ]
    for one in earlier:
        one.withdrawn_at = now()
    if earlier:
        _give(participant, purpose)
    db.session.flush()


def set_consents(participant: Participant, answers: Mapping[Purpose, bool]) -> None:
    """Record each answer that differs from what was said before; the participant has an id.

    A yes of their own is recorded beside one that an organiser told; a no takes back both.
    """
    given = consents_of(participant)
    for purpose, agreed in answers.items():
        standing = [one for one in given if one.purpose == purpose and one.withdrawn_at is None]
        if agreed and all(one.told_by == "organiser" for one in standing):
            _give(participant, purpose)
        for one in standing if not agreed else ():
            one.withdrawn_at = now()
    if Purpose.SHOWN in answers:
        _show(participant, shown=answers[Purpose.SHOWN])
    db.session.flush()


def _give(participant: Participant, purpose: Purpose) -> None:
    db.session.add(
        Consent(participant_id=participant.id, purpose=purpose, version=wording(purpose).version)
    )


def _show(participant: Participant, *, shown: bool) -> None:
    """`listed_at` is asked in every list, so it stands on the participant too."""
    if shown != (participant.listed_at is not None):
        participant.listed_at = now() if shown else None
