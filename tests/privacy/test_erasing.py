"""Erasing: nothing of the person is left in any table, others are told, and counts stay."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask_babel import force_locale
from sqlalchemy import or_, select

from matchmaker.accounts.models import User
from matchmaker.accounts.services import send_sign_in_link
from matchmaker.agenda.models import Meeting
from matchmaker.agenda.services import publish_run
from matchmaker.audit.models import AuditEntry
from matchmaker.audit.services import record
from matchmaker.clock import stopped_at
from matchmaker.database import Base
from matchmaker.errors import NotAllowed
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.codec import from_json
from matchmaker.matching.models import Run
from matchmaker.matching.services import request_run
from matchmaker.messages.models import Mail
from matchmaker.privacy.services import erase_account, erase_due, erase_participants
from matchmaker.registration.decisions import approve
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_views import SavedView
from matchmaker.registration.services_privacy import save_own_words
from matchmaker.roster.models import Sheet
from matchmaker.wishes.services import send_request, set_wish
from tests.factories.events import FIRST_SLOT, make_event, make_item, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import PageClient

BEFORE, BETWEEN = FIRST_SLOT - timedelta(days=1), FIRST_SLOT + timedelta(minutes=25)
SHEET = [["Name", "Mail"], ["Quirina T.", " Quirina@tuulivaara.example"], ["Aki", "aki@x.example"]]
SECRETS = ("Quirina", "quirina", "Tuulivaara", "555 0199", "polar bears")


@pytest.fixture
def event(context: object) -> Iterator[Event]:
    """With an organiser of its own, in English."""
    with force_locale("en"):
        yield make_event(organiser=make_user("Olli Organiser"))


@pytest.fixture
def quirina(event: Event) -> Participant:
    """Somebody whose name stands in every place where one can."""
    user = make_user("Quirina Tuulivaara", email="quirina@tuulivaara.example")
    person = make_participant(event, "Quirina Tuulivaara", user=user, status=Status.PENDING)
    person.ref = "quirina-tuulivaara"
    marek, claire = make_participant(event, "Marek Kuusi"), make_participant(event, "Claire Vidal")
    reino = make_participant(event, "Reino Salo")
    make_item(person, "offer", "Counting polar bears")
    save_own_words(person, job_title="", phone="+1 555 0199", link="", about="polar bears")
    with stopped_at(BEFORE):
        approve(person, db.session.scalars(select(User).where(User.name == "Olli Organiser")).one())
        send_request(person, marek, "I am Quirina, I count polar bears")
        set_wish(marek, person, "no")
        send_sign_in_link(user)
        run = make_run(event, (person, reino, 0, 0), (person, claire, 2, 0))
        run.note = "With Quirina Tuulivaara at last"
        publish_run(event, run, None)
        request_run(event, None)
    db.session.add(Sheet(event_id=event.id, name="people.csv", rows=SHEET))
    db.session.commit()
    return person


def everything() -> str:
    """Every row of every table as text."""
    rows = (
        str(tuple(row))
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(select(table))
    )
    return "\n".join(rows)


def left_of(words: tuple[str, ...]) -> list[str]:
    text = everything()
    return [word for word in words if word in text]


@pytest.mark.both_databases
def test_nothing_of_an_erased_account_is_left_in_any_table(
    event: Event, quirina: Participant
) -> None:
    before = left_of(SECRETS)

    with stopped_at(BETWEEN):
        erase_account(quirina.user)
    db.session.commit()

    assert before == list(SECRETS)
    assert left_of(SECRETS) == []
    rows = db.session.scalars(select(Sheet.rows)).one()
    assert rows == [SHEET[0], ["", ""], SHEET[2]]


@pytest.mark.both_databases
def test_who_leaves_one_event_keeps_the_account_and_the_others(
    event: Event, quirina: Participant
) -> None:
    user, event_id = quirina.user, event.id
    elsewhere = make_participant(make_event("kokkola"), "Quirina Tuulivaara", user=user)

    erase_participants(event, [quirina])
    db.session.commit()

    assert left_of(("polar bears", "quirina-tuulivaara")) == []
    assert db.session.scalars(select(Participant.id)).all().count(elsewhere.id) == 1
    mails = select(Mail).where(Mail.event_id == event_id, Mail.user_id == user.id)
    assert db.session.scalars(mails).all() == []


@pytest.mark.both_databases
def test_a_meeting_to_come_is_cancelled_and_one_held_is_counted(
    event: Event, quirina: Participant
) -> None:
    claire = db.session.scalars(select(Participant).where(Participant.name == "Claire Vidal")).one()
    with_her = or_(Meeting.a_id == claire.id, Meeting.b_id == claire.id)
    uid = db.session.scalars(select(Meeting.uid).where(with_her)).one()

    with stopped_at(BETWEEN):
        erase_participants(event, [quirina])
    db.session.commit()

    told = select(Mail).where(Mail.subject.startswith("A meeting of yours is cancelled"))
    mail = db.session.scalars(told).one()
    assert mail.user_id == claire.user_id
    assert "Your meeting on Wednesday 28 April at 13:40, Table 1, is cancelled" in mail.text
    (cancellation,) = mail.invitations
    assert f"UID:{uid}" in cancellation.replace("\r\n ", "")
    assert {"METHOD:CANCEL", "SEQUENCE:1", "SUMMARY:Cancelled: Meeting"} <= set(
        cancellation.splitlines()
    )
    assert db.session.scalars(select(Meeting)).all() == []
    assert db.session.get_one(Event, event.id).meetings_erased == 1


def test_saved_filters_that_look_for_somebody_and_what_the_log_says_of_them_go(
    event: Event, quirina: Participant
) -> None:
    queries = ("q=tuulivaara&sort=name", "q=oy", "status=approved")
    for query in queries:
        db.session.add(SavedView(event_id=event.id, name=query, query=query))
        record("view saved", event_id=event.id, actor_id=None, filter=["", query])
    told = {"about": ["", "Keeps polar bears"]}
    record(
        "participant changed by import",
        event_id=event.id,
        actor_id=None,
        subject=quirina.ref,
        **told,
    )
    db.session.commit()

    erase_participants(event, [quirina])
    db.session.commit()

    assert set(db.session.scalars(select(SavedView.query))) == set(queries[1:])
    assert left_of(("q=tuulivaara", "polar bears")) == []


@pytest.mark.both_databases
def test_the_log_keeps_that_somebody_was_erased_and_not_who(
    event: Event, quirina: Participant
) -> None:
    erase_participants(event, [quirina])
    db.session.commit()

    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert (last.action, last.actor_id, last.details) == (
        "participants erased",
        None,
        {"number": 1},
    )


@pytest.mark.both_databases
def test_a_run_at_work_ends_and_a_stored_one_forgets(event: Event, quirina: Participant) -> None:
    erase_participants(event, [quirina])
    db.session.commit()

    run = db.session.scalars(select(Run).order_by(Run.number.desc())).first()
    assert run is not None
    assert run.state == "failed"
    assert [person.name for person in from_json(run.snapshot).people] == [
        "Marek Kuusi",
        "Claire Vidal",
        "Reino Salo",
    ]


@pytest.mark.both_databases
def test_the_only_organiser_hands_over_first(event: Event) -> None:
    olli = db.session.scalars(select(User).where(User.name == "Olli Organiser")).one()

    with pytest.raises(NotAllowed, match="You are the only owner of A sustainable approach"):
        erase_account(olli)


@pytest.mark.both_databases
def test_when_its_day_has_come_an_event_loses_its_people_and_idle_accounts(
    event: Event, quirina: Participant
) -> None:
    event.erase_on = event.ends_on + timedelta(days=90)
    db.session.commit()

    early = erase_due(event.erase_on - timedelta(days=1))
    due, again = erase_due(event.erase_on), erase_due(event.erase_on)
    db.session.commit()

    assert (early, due, again) == (0, 1, 0)
    assert [user.name for user in db.session.scalars(select(User))] == ["Olli Organiser"]
    assert left_of((*SECRETS, "Marek", "Claire")) == []


def test_erasing_asks_for_ones_own_address(client: PageClient, quirina: Participant) -> None:
    user_id = quirina.user_id
    client.sign_in(quirina.user)

    wrong = client.submit("/account/erase", address="marek@kuusi.example", status=422)
    still_there = db.session.get(User, user_id)
    client.submit("/account/erase", address=" Quirina@Tuulivaara.example")

    db.session.expire_all()
    assert "Type the address you sign in with: quirina@tuulivaara.example." in wrong.text
    assert still_there is not None
    assert db.session.get(User, user_id) is None
    assert client.get("/account/data", status=302).status == 302


def test_leaving_one_event_by_its_page(client: PageClient, quirina: Participant) -> None:
    user = quirina.user
    client.sign_in(user)

    client.submit("/e/kittila/registration/erase", address=user.email)

    client.get("/e/kittila/people", status=404)
    assert "polar bears" not in client.get("/account/data").text


def test_the_organiser_chooses_a_day_after_the_event(client: PageClient, event: Event) -> None:
    olli = db.session.scalars(select(User).where(User.name == "Olli Organiser")).one()
    path = "/e/kittila/organise/erasing"
    client.sign_in(olli)

    early = client.submit(path, erase_on="2027-04-29", status=422)
    client.submit(path, erase_on="2027-12-31")

    db.session.expire_all()
    entry = db.session.scalars(select(AuditEntry)).one()
    assert "Choose a day from 30 April 2027 on." in early.text
    assert str(db.session.get_one(Event, event.id).erase_on) == "2027-12-31"
    assert entry.details == {"erase_on": [None, "2027-12-31"]}
