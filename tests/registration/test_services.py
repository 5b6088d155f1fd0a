"""Joining an event: one row a person, saved at each step, nothing lost on the way back."""

from datetime import timedelta

import pytest

from matchmaker.errors import NotAllowed
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.registration.refs import new_ref
from matchmaker.registration.services import (
    describe,
    join,
    set_availability,
)
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_organisation,
    make_participant,
    make_user,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]

TWENTY = timedelta(minutes=20)


def test_joining_twice_makes_one_row() -> None:
    event, user = make_event(), make_user()

    first = join(event, user, name="Aino Niskala")

    assert join(event, user, name="Aino Niskala") is first
    assert (first.status, first.ref) == (Status.REGISTERING, "aino-niskala")


def test_nobody_joins_while_registration_is_closed() -> None:
    event = make_event(phase=Phase.SCHEDULING)

    with pytest.raises(NotAllowed, match="takes no registrations now"):
        join(event, make_user(), name="Aino Niskala")

    assert db.session.query(Participant).count() == 0


def test_who_is_in_may_still_change_things_when_registration_is_closed() -> None:
    event = make_event(phase=Phase.SCHEDULING)
    aino = make_participant(event)

    assert join(event, aino.user, name="Aino Niskala") is aino


def test_coming_back_after_withdrawing_keeps_what_was_said() -> None:
    event = make_event()
    aino = make_participant(event, status=Status.WITHDRAWN)

    back = join(event, aino.user, name="Aino Niskala")

    assert back is aino
    assert (back.status, back.organisation_id) == (Status.REGISTERING, aino.organisation_id)


def test_a_declined_person_is_told_whom_to_ask() -> None:
    event = make_event()
    aino = make_participant(event, status=Status.REJECTED)

    with pytest.raises(NotAllowed, match=r"organiser@matchmaker\.example"):
        join(event, aino.user, name="Aino Niskala")


def test_the_first_step_saves_who_one_is_and_consent_can_be_taken_back() -> None:
    event, organisation = make_event(), make_organisation("Pohjolan Kierto")
    aino = join(event, make_user(), name="Aino")

    for listed in (True, False):
        describe(
            aino,
            name="Aino Niskala",
            organisation=organisation,
            type_name="cluster",
            languages=["fi", "en"],
            listed=listed,
        )

    assert (aino.name, aino.type.name, aino.languages) == ("Aino Niskala", "cluster", ["fi", "en"])
    assert (aino.listed_at, aino.step) == (None, 2)


def test_slots_taken_off_become_one_absence_for_each_stretch() -> None:
    event = make_event(slots=6)
    aino = make_participant(event)
    free = {FIRST_SLOT, FIRST_SLOT + 3 * TWENTY}

    set_availability(aino, free=free, max_meetings=4)

    assert [(away.starts_at - FIRST_SLOT, away.ends_at - FIRST_SLOT) for away in aino.absences] == [
        (TWENTY, 3 * TWENTY),
        (4 * TWENTY, 6 * TWENTY),
    ]
    assert aino.max_meetings == 4


def test_an_absence_stays_as_entered_while_the_same_slots_are_off() -> None:
    event = make_event(slots=3)
    aino = make_participant(event)
    entered = Absence(starts_at=FIRST_SLOT + TWENTY / 2, ends_at=FIRST_SLOT + TWENTY)
    aino.absences = [entered]
    db.session.commit()

    set_availability(aino, free={FIRST_SLOT + TWENTY, FIRST_SLOT + 2 * TWENTY}, max_meetings=None)

    assert aino.absences == [entered]
    assert entered.starts_at == FIRST_SLOT + TWENTY / 2


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("Aino Niskala", "aino-niskala"),
        ("Łukasz Ærøskøbing", "lukasz-aeroskobing"),
        ("../../Etc Passwd", "etc-passwd"),
        ("CON", "person-con"),
        ("王伟 🪨", "person"),
    ],
)
def test_a_ref_is_safe_as_the_name_of_a_file(name: str, ref: str) -> None:
    assert new_ref(make_event(), name) == ref


def test_people_of_one_name_get_different_refs() -> None:
    event = make_event()

    refs = [join(event, make_user(), name="Aino Niskala").ref for _person in range(3)]

    assert refs == ["aino-niskala", "aino-niskala-2", "aino-niskala-3"]
