"""After the event, and 3, 6 and 12 months later, each is asked once what came of their meetings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from matchmaker.clock import stopped_at
from matchmaker.errors import NotAllowed
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.followup import services_rounds
from matchmaker.followup.models import MeetingOutcome, OutcomeRound
from matchmaker.followup.queries_figures import rounds
from matchmaker.followup.rounds import months_later
from matchmaker.followup.services import Answer, save_outcomes, say
from matchmaker.followup.services_rounds import ask_everybody
from matchmaker.messages.mime import body_of
from matchmaker.messages.models import Kind, Mail
from matchmaker.messages.sending import set_aside_unwanted
from matchmaker.messages.stopping import stop_kind
from matchmaker.privacy.services import erase_participants
from tests.factories.events import make_participant
from tests.followup.conftest import LATER, Scene, met

BOTH = pytest.mark.both_databases
MORNING = datetime(2027, 4, 30, 6, 0, tzinfo=UTC)  # nine in Helsinki, the day after


def asked_at(moment: datetime) -> list[str]:
    """Whom the worker writes to at that moment; a second worker finds nobody left."""
    db.session.query(Mail).delete()
    db.session.commit()
    with stopped_at(moment):
        ask_everybody()
        ask_everybody()
    return sorted(mail.address for mail in db.session.query(Mail))


def emails(*people: object) -> list[str]:
    return sorted(person.user.email for person in people)  # type: ignore[attr-defined]


def test_a_month_later_is_the_same_day_or_the_last() -> None:
    assert months_later(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_later(date(2027, 4, 29), 12) == date(2028, 4, 29)


@BOTH
def test_everybody_who_met_somebody_gets_one_mail_a_round(scene: Scene) -> None:
    make_participant(scene.event, "Lena, whom nobody met")
    everybody = emails(scene.aino, scene.marek, scene.claire)

    assert asked_at(MORNING - timedelta(minutes=1)) == []
    assert asked_at(MORNING) == everybody
    assert asked_at(MORNING + timedelta(days=80)) == []
    for days in (91, 183, 366):
        assert asked_at(MORNING + timedelta(days=days)) == everybody
    assert asked_at(MORNING + timedelta(days=600)) == []


@BOTH
def test_the_mail_says_when_leads_to_one_page_and_can_be_stopped(scene: Scene) -> None:
    scene.aino.user.locale = "en"
    asked_at(MORNING + timedelta(days=91))
    mail = db.session.query(Mail).filter_by(user_id=scene.aino.user_id).one()
    body = body_of(mail)

    assert mail.subject.startswith("3 months later: what came of your meetings?")
    assert mail.kind == Kind.FOLLOW_UP
    assert "/o/" in body.text
    assert "Stop mails after events: " in body.text
    assert "Marek" not in body.text
    assert "<html" in body.html


@BOTH
def test_who_says_that_no_meeting_took_place_is_not_asked_and_the_other_side_is(
    scene: Scene,
) -> None:
    """What is said of somebody else must not show in which mails they get."""
    with stopped_at(LATER):
        say(met(scene.marek, scene.aino), "absent")
        say(met(scene.claire, scene.aino), "missed")
        db.session.commit()

    assert asked_at(MORNING) == emails(scene.aino)


@BOTH
def test_who_has_answered_stopped_such_mails_or_is_erased_gets_none(scene: Scene) -> None:
    with stopped_at(MORNING - timedelta(hours=12)):
        save_outcomes([scene.aino], {(scene.aino.id, scene.marek.id): Answer(())})
        stop_kind(scene.marek.user, Kind.FOLLOW_UP)
        erase_participants(scene.event, [scene.claire])
        db.session.commit()

    asked_at(MORNING)
    set_aside_unwanted()
    left = select(Mail.address).where(Mail.stopped_at.is_(None))

    assert db.session.scalars(left).all() == []


@BOTH
def test_a_worker_that_dies_in_the_middle_leaves_the_rest_to_the_next(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []

    def die(person: object, months: int) -> None:
        sent.append(person)
        raise SystemExit

    with monkeypatch.context() as patch, stopped_at(MORNING):
        patch.setattr(services_rounds, "mail_question", die)
        with pytest.raises(SystemExit):
            ask_everybody()
    db.session.rollback()

    assert len(sent) == 1
    assert db.session.query(OutcomeRound).count() == 0
    assert len(asked_at(MORNING)) == 3


@BOTH
def test_who_acts_for_several_gets_one_mail(scene: Scene) -> None:
    scene.claire.user, scene.claire.number = scene.aino.user, 2
    db.session.commit()

    assert asked_at(MORNING) == emails(scene.aino, scene.marek)
    with stopped_at(MORNING):
        assert [(each.asked, each.answered) for each in rounds(scene.event)] == [(2, 0)]


@BOTH
def test_who_saves_nothing_has_not_answered_and_is_asked(scene: Scene) -> None:
    to_marek, to_claire = ((scene.aino.id, other.id) for other in (scene.marek, scene.claire))
    with stopped_at(MORNING - timedelta(hours=12)):
        save_outcomes([scene.aino], {to_marek: Answer(()), to_claire: None})
        save_outcomes([scene.aino], {to_marek: None, to_claire: None})
        db.session.commit()
        figures = [(each.asked, each.answered) for each in rounds(scene.event)]

    assert figures == [(0, 0)]
    assert scene.aino.user.email in asked_at(MORNING)


@BOTH
def test_who_answers_in_one_role_has_answered_in_all_that_were_asked(scene: Scene) -> None:
    second = make_participant(scene.event, "Aino", user=scene.aino.user, number=2)
    answers = {
        (scene.aino.id, scene.marek.id): Answer(("contact",)),
        (second.id, scene.claire.id): None,
    }
    with stopped_at(MORNING - timedelta(hours=12)):
        save_outcomes([scene.aino, second], answers)

    answered = select(OutcomeRound.participant_id).where(OutcomeRound.answered_at.is_not(None))
    assert set(db.session.scalars(answered)) == {scene.aino.id, second.id}


@BOTH
def test_answers_are_kept_by_round_changed_and_taken_back(scene: Scene) -> None:
    pair = (scene.aino.id, scene.marek.id)
    with stopped_at(LATER - timedelta(days=3)), pytest.raises(NotAllowed, match="last day"):
        save_outcomes([scene.aino], {pair: Answer(("contact",))})
    scene.event.phase = Phase.CLOSED
    with stopped_at(MORNING):
        save_outcomes([scene.aino], {pair: Answer(("project", "contact"), "A pilot")})
        save_outcomes([scene.aino], {pair: Answer(("contact",), "A pilot")})
    with stopped_at(MORNING + timedelta(days=91)):
        save_outcomes([scene.aino], {pair: Answer(("contract", "contact"))})
        save_outcomes([scene.marek], {pair[::-1]: Answer(("contract",))})
        db.session.commit()
        figures = rounds(scene.event)
        save_outcomes([scene.aino], {pair: None})

    assert [(each.months, each.answered, each.results) for each in figures] == [
        (0, 1, {"contact": 1}),
        (3, 2, {"contact": 1, "contract": 1}),
    ]
    kept = select(MeetingOutcome.person_id, MeetingOutcome.months, MeetingOutcome.line)
    assert set(db.session.execute(kept)) == {(pair[0], 0, "A pilot"), (pair[1], 3, "")}
