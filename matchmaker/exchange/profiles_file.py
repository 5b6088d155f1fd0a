"""`profiles.json`: what participants say of themselves, who may see it, what they agreed to."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict

import msgspec
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.events.models import Event
from matchmaker.exchange.entering import Participants, enter_rows
from matchmaker.exchange.json_files import read_json, write_json
from matchmaker.exchange.problems import Place, Problems, shown
from matchmaker.extensions import db
from matchmaker.matching.snapshot import Person
from matchmaker.registration.models import Participant
from matchmaker.registration.models_consents import Consent
from matchmaker.registration.plain import PlainConsent, PlainProfile

FILE = "profiles.json"


def read_profiles(
    text: str, people: Collection[str] | None, problems: Problems
) -> tuple[PlainProfile, ...]:
    """The profiles, or none and what is wrong; whose they are if people could be read."""
    profiles = read_json(FILE, text, tuple[PlainProfile, ...], problems) or ()
    for wrong, right in _wrong(profiles, people):
        problems.add(Place(FILE), wrong, right)
    return profiles


def write_profiles(profiles: Sequence[PlainProfile]) -> bytes:
    return write_json(profiles)


def profiles_in(event: Event, people: Sequence[Person]) -> tuple[PlainProfile, ...]:
    """Those of these people who said anything themselves; two queries."""
    rows = select(Participant).where(Participant.event_id == event.id).order_by(Participant.id)
    given: dict[int, list[PlainConsent]] = defaultdict(list)
    consents = select(Consent).join(Participant, Participant.id == Consent.participant_id)
    for each in db.session.scalars(
        consents.where(Participant.event_id == event.id).order_by(Consent.given_at, Consent.id)
    ):
        given[each.participant_id].append(_consent(each))
    shown_here = {person.id for person in people}
    here = [row for row in db.session.scalars(rows) if row.ref in shown_here]
    profiles = (_profile(row, given[row.id]) for row in here)
    return tuple(each for each in profiles if each.says_something)


def enter_profiles(profiles: Sequence[PlainProfile], participants: Participants) -> None:
    """Consents that nobody has said anything of here are told by whoever brings the folder in."""
    consents = []
    for plain in profiles:
        row = participants[plain.person]
        row.job_title, row.phone, row.link = plain.job_title, plain.phone, plain.link
        row.about, row.about_language = plain.about, plain.about_language
        row.about_texts = {str(code): text for code, text in plain.about_texts.items()}
        row.audiences = dict(plain.audiences)
        consents += [{"participant_id": row.id, **asdict(each)} for each in plain.consents]
    db.session.flush()
    enter_rows(Consent, consents)


def _wrong(
    profiles: Sequence[PlainProfile], people: Collection[str] | None
) -> Iterator[tuple[str, str]]:
    for person, times in Counter(profile.person for profile in profiles).items():
        if people is not None and person not in people:
            wrong = _("%(person)s, whose profile this is, is no participant", person=shown(person))
            yield wrong, _("correct the id, or delete the profile")
        elif times > 1:
            wrong = _("%(person)s has more than one profile", person=shown(person))
            yield wrong, _("keep one of them")
    for profile in profiles:
        for each in profile.consents:
            if each.withdrawn_at is not None and each.withdrawn_at < each.given_at:
                wrong = _(
                    "%(person)s took a consent back before giving it", person=shown(profile.person)
                )
                yield wrong, _("correct one of the two moments")


def _profile(row: Participant, consents: Sequence[PlainConsent]) -> PlainProfile:
    return msgspec.convert(
        {
            "person": row.ref,
            "picture": f"pictures/{row.ref}.webp" if row.picture else "",
            "job_title": row.job_title,
            "phone": row.phone,
            "link": row.link,
            "about": row.about,
            "about_language": row.about_language,
            "about_texts": row.about_texts,
            "audiences": row.audiences,
            "consents": consents,
        },
        PlainProfile,
    )


def _consent(row: Consent) -> PlainConsent:
    return PlainConsent(
        row.purpose,  # type: ignore[arg-type]
        row.version,
        row.given_at,
        row.withdrawn_at,
        row.told_by,  # type: ignore[arg-type]
    )
