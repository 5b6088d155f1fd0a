"""What was said of meetings when people are merged, erased, or look at all that is held of them."""

import json

import pytest
from sqlalchemy import select

from matchmaker.clock import stopped_at
from matchmaker.extensions import db
from matchmaker.followup.models import MeetingOutcome, MeetingWord, OutcomeRound
from matchmaker.followup.services import keep_note, rate, say
from matchmaker.merging.joining import join_belongings
from matchmaker.privacy.services import erase_participants
from tests.factories.events import make_participant
from tests.followup.conftest import LATER, Scene, met
from tests.pages.client import PageClient

BOTH = pytest.mark.both_databases


@BOTH
def test_two_registrations_of_one_person_keep_every_note_and_the_later_word(scene: Scene) -> None:
    again, marek = make_participant(scene.event, "A. Niskala"), scene.marek.id
    with stopped_at(LATER):
        mine = met(scene.aino, scene.marek)
        say(mine, "held")
        keep_note(mine, "Wants our data")
        theirs = met(scene.marek, scene.aino)
        keep_note(theirs, "Ask Aino")
        db.session.add_all(
            [
                MeetingWord(person_id=again.id, other_id=marek, note="Slides", said=""),
                MeetingWord(person_id=marek, other_id=again.id, note="Ask A.", said=""),
                MeetingOutcome(person_id=again.id, other_id=marek, months=3, results=1),
                MeetingOutcome(person_id=scene.aino.id, other_id=marek, months=0, results=0),
                OutcomeRound(participant_id=again.id, months=3),
            ]
        )
        db.session.commit()
        join_belongings(scene.aino, again)
        db.session.commit()

    words = db.session.execute(
        select(MeetingWord.person_id, MeetingWord.other_id, MeetingWord.said, MeetingWord.note)
    )
    outcomes = db.session.execute(select(MeetingOutcome.person_id, MeetingOutcome.months))
    assert set(words) == {
        (scene.aino.id, marek, "held", "Wants our data\n\nSlides"),
        (marek, scene.aino.id, "", "Ask Aino\n\nAsk A."),
    }
    assert set(outcomes) == {(scene.aino.id, 0), (scene.aino.id, 3)}
    assert db.session.scalars(select(OutcomeRound.participant_id)).all() == [scene.aino.id]


@BOTH
def test_of_somebody_erased_only_the_number_of_meetings_held_is_left(scene: Scene) -> None:
    with stopped_at(LATER):
        say(met(scene.aino, scene.marek), "held")
        say(met(scene.claire, scene.aino), "absent")
        db.session.commit()
        erase_participants(scene.event, [scene.aino])
        db.session.commit()

    assert db.session.query(MeetingWord).count() == 0
    assert scene.event.meetings_erased == 1


def test_my_data_hold_my_words_and_nothing_that_was_said_of_me(
    client: PageClient, scene: Scene
) -> None:
    with stopped_at(LATER):
        mine = met(scene.aino, scene.marek)
        say(mine, "held")
        rate(mine, 2)
        keep_note(mine, "Wants our data")
        say(met(scene.marek, scene.aino), "absent")
        db.session.commit()
    whole = json.loads(client.sign_in(scene.aino.user).http.get("/account/data.json").data)

    (word,) = whole["meeting_word"]
    assert {name: word[name] for name in ("other", "said", "rating", "note")} == {
        "other": "Marek Zieliński",
        "said": "held",
        "rating": 2,
        "note": "Wants our data",
    }
