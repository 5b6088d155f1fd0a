"""The overview counts pairs as numbers; they are the pairs that a run would take for candidates."""

from dataclasses import replace
from random import Random

import pytest

from matchmaker.events.models import Event, TypePermission
from matchmaker.extensions import db
from matchmaker.insights.wished_pairs import wished
from matchmaker.matching.candidates import candidates
from matchmaker.matching.queries import snapshot_of
from matchmaker.registration.models import Participant, Status
from matchmaker.wishes.models import Request, Wish
from tests.factories.events import TYPES, make_event, make_organisation, make_participant, make_user

PEOPLE = 24


@pytest.mark.both_databases
def test_however_people_consent_the_pairs_counted_are_those_a_run_would_find(
    context: object,
) -> None:
    event, rng = make_event(), Random(5)  # noqa: S311
    people = _people(event, rng)
    _say(event, people, rng)
    counted = {consent: _counted(event, consent) for consent in ("accepted", "wishes", "suggest")}

    for consent, (pairs, found) in counted.items():
        assert pairs == found, consent
    assert 0 < counted["accepted"][0] < counted["wishes"][0] == counted["suggest"][0]


def _counted(event: Event, consent: str) -> tuple[int, int]:
    """As counted for the overview, and as a run does where wishes alone make candidates."""
    event.consent = consent
    db.session.flush()
    snapshot = snapshot_of(event)
    asked = "wishes" if consent == "suggest" else snapshot.settings.consent
    snapshot = replace(snapshot, settings=replace(snapshot.settings, consent=asked))
    return wished(event).pairs, len(candidates(snapshot))


def _people(event: Event, rng: Random) -> list[Participant]:
    """Colleagues, people with two roles, and some who are out or do not show themselves."""
    homes = [make_organisation(f"Home {number}") for number in range(9)]
    several = make_user("Two Roles")
    cluster = next(kind for kind in event.types if kind.name == TYPES[0])
    for cell in db.session.query(TypePermission).filter_by(type_id=cluster.id):
        cell.asks = cell.other_id != cluster.id
    return [
        make_participant(
            event,
            f"Person {number}",
            organisation=rng.choice(homes),
            type_name=TYPES[number % 3],
            status=Status.WITHDRAWN if number == 3 else Status.APPROVED,
            listed=number != 4,
            user=several if number in (5, 6) else None,
            number=2 if number == 6 else 1,
            in_person=number != 7,
        )
        for number in range(PEOPLE)
    ]


def _say(event: Event, people: list[Participant], rng: Random) -> None:
    levels = ("must", "want", "want", "no")
    pairs = [(one.id, other.id) for one in people for other in people if one is not other]
    db.session.add_all(
        Wish(event_id=event.id, person_id=one, other_id=other, level=rng.choice(levels))
        for one, other in rng.sample(pairs, 200)
    )
    db.session.add_all(
        Request(event_id=event.id, asker_id=one, answerer_id=other, state=state)
        for state in ("accepted", "declined")
        for one, other in rng.sample(pairs, 20)
    )
    db.session.commit()
