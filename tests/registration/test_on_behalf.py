"""An organiser acts for a participant: marked, on record, and never beyond what is theirs to do."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker import clock
from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import Wish
from tests.factories.events import make_event, make_participant, make_user, make_wish
from tests.pages.client import PageClient, reload

pytestmark = pytest.mark.usefixtures("context")
HERE = "/e/kittila"
PEOPLE = f"{HERE}/organise/people"
BANNER = "//aside[@class='behalf-strip']//p"


@pytest.fixture
def event() -> Event:
    return make_event(organiser=make_user("Olli Organiser"), phase=Phase.WISHES)


@pytest.fixture
def aino(event: Event) -> Participant:
    return make_participant(event, "Aino")


@pytest.fixture
def olli(client: PageClient, event: Event, aino: Participant) -> PageClient:
    """Signed in as the organiser, and acting for Aino."""
    client.sign_in(event.organisers[0].user)
    client.submit(f"{PEOPLE}/{aino.id}/act-for", on=f"{PEOPLE}/{aino.id}")
    return client


def test_what_is_done_is_marked_for_both_and_on_record_under_the_organiser(
    olli: PageClient, event: Event, aino: Participant
) -> None:
    bertta = make_participant(event, "Bertta")
    there = f"{HERE}/people/{bertta.id}"
    banner = olli.get(there).texts(BANNER)
    olli.submit(f"{there}/request", on=there, note="")

    assert banner == ["You act for Aino as organiser. What you change is marked so."]
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    organiser = event.organisers[0].user_id
    assert (entry.action, entry.actor_id, entry.subject) == (
        "done for participant",
        organiser,
        aino.ref,
    )
    assert entry.details == {"wish": [None, "changed"], "state": [None, "pending"]}
    for reader, told in ((aino, "You asked."), (bertta, "Aino asked.")):
        olli.sign_in(reader.user)
        (step,) = olli.get(f"{HERE}/requests/1").texts("//section[h2='What happened']//li")
        assert step.startswith(f"{told} by the organiser")
    olli.sign_in(aino.user)
    assert "An organiser chose this for you." in olli.get(there).text
    done = olli.get(f"{HERE}/registration").texts("//section[h2='What an organiser did for you']")
    assert "Olli Organiser Wish: – → changed, without saying what" in done[0]


def test_what_the_person_says_anew_is_theirs_again(
    olli: PageClient, event: Event, aino: Participant
) -> None:
    bertta = make_participant(event, "Bertta")
    there = f"{HERE}/people/{bertta.id}"
    olli.submit(f"{there}/wish", on=there, level="want")
    marked = db.session.scalars(select(Wish.by_organiser)).all()
    olli.sign_in(aino.user)
    olli.submit(f"{there}/wish", on=there, level="must")

    assert marked == [True]
    assert db.session.scalars(select(Wish.by_organiser)).all() == [False]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "registration/privacy"),
        ("GET", "registration/erase"),
        ("POST", "registration/erase"),
        ("GET", "acting/1/hand-over"),
        ("GET", "agenda/card.vcf"),
        ("GET", "agenda.ics"),
        ("POST", "agenda/feed-address"),
        ("POST", "people/2/bookmark"),
    ],
)
def test_what_is_the_persons_alone_stays_closed(olli: PageClient, method: str, path: str) -> None:
    data = {"csrf_token": olli.token(f"{HERE}/registration")}
    response = olli.http.open(f"{HERE}/{path}", method=method, data=data)

    assert response.status_code == 403
    assert "This page is for Aino alone" in response.get_data(as_text=True)


def test_profile_and_times_are_changed_but_not_what_was_agreed_to_or_typed(
    olli: PageClient, event: Event, aino: Participant
) -> None:
    aino.listed_at = None
    db.session.commit()
    form = olli.get(f"{HERE}/register/you")
    olli.submit(
        f"{HERE}/register/you",
        name="Aino Niskala",
        organisation=aino.organisation.name if aino.organisation else "",
        same_as=str(aino.organisation_id),
        type=aino.type.name if aino.type else "",
        languages="en",
        listed="y",
        photos="y",
    )

    assert not form.find("//form[@data-keep] | //input[@name='listed']")
    assert (reload(aino).name, reload(aino).listed_at) == ("Aino Niskala", None)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert entry.details["name"] == ["Aino", "Aino Niskala"]


def test_withdrawing_for_somebody_is_on_record_as_the_organisers_doing(
    olli: PageClient, event: Event, aino: Participant
) -> None:
    olli.submit(f"{HERE}/registration/withdraw")

    withdrew = select(AuditEntry.actor_id).where(AuditEntry.action == "participant withdrew")
    assert reload(aino).status == "withdrawn"
    assert db.session.scalars(withdrew).all() == [event.organisers[0].user_id]


def test_a_page_opened_before_changes_nothing_for_the_wrong_person(
    olli: PageClient, event: Event
) -> None:
    me = make_participant(event, "Olli", user=event.organisers[0].user)
    bertta = make_participant(event, "Bertta")
    there = f"{HERE}/people/{bertta.id}"
    old = olli.token(there)
    olli.submit(f"{HERE}/organise/end-acting", on=there)
    response = olli.http.post(f"{there}/wish", data={"csrf_token": old, "level": "must"})

    assert response.status_code == 400
    assert db.session.scalars(select(Wish)).all() == []
    olli.submit(f"{there}/wish", on=there, level="must")
    assert db.session.scalars(select(Wish.person_id)).all() == [me.id]
    assert not olli.get(there).find(BANNER)


def test_an_organiser_who_takes_part_reads_nothing_said_of_themselves(
    olli: PageClient, event: Event, aino: Participant
) -> None:
    me = make_participant(event, "Olli Organiser", user=event.organisers[0].user)
    make_wish(aino, me, "no")

    olli.get(f"{HERE}/people/{me.id}", status=404)
    assert "Olli Organiser" not in olli.get(f"{HERE}/people").text


def test_it_ends_with_the_role_and_after_two_hours(
    olli: PageClient, event: Event, aino: Participant
) -> None:
    with clock.stopped_at(clock.now() + timedelta(hours=2, minutes=1)):
        late = olli.get(f"{HERE}/registration", status=302)
    again = olli.get(f"{HERE}/registration")
    db.session.delete(db.session.get(EventOrganiser, (event.id, event.organisers[0].user_id)))
    db.session.commit()

    assert not late.find(BANNER)
    assert again.find(BANNER)
    assert not olli.get(HERE + "/registration", status=302).find(BANNER)


def test_only_organisers_act_and_only_for_people_of_their_event(
    client: PageClient, event: Event, aino: Participant
) -> None:
    stranger = make_participant(make_event("kokkola"), "Ulla")
    client.sign_in(event.organisers[0].user)
    client.submit(f"{PEOPLE}/{stranger.id}/act-for", on=f"{PEOPLE}/{aino.id}", status=404)
    client.sign_in(make_participant(event, "Bertta").user)
    client.submit(f"{PEOPLE}/{aino.id}/act-for", on=f"{HERE}/registration", status=404)

    assert not client.get(f"{HERE}/registration").find(BANNER)
