"""The organiser's people: filters, views, acts for many, places, one person, taking away."""

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from matchmaker.audit.models import AuditEntry
from matchmaker.clock import now
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.events.roles import Role
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Absence, Status
from matchmaker.registration.models_tags import Tag
from matchmaker.registration.services import describe
from matchmaker.registration.services_sessions import attend
from matchmaker.roster.filters import HAS
from matchmaker.roster.tables_out import harmless
from tests.factories.events import (
    make_event,
    make_item,
    make_organisation,
    make_participant,
    make_session,
    make_user,
    make_wish,
)
from tests.factories.questions import make_answer, make_question
from tests.pages.client import Page, PageClient, reload
from tests.query_counter import counted_queries

pytestmark = pytest.mark.usefixtures("context")
PEOPLE = "/e/kittila/organise/people"
BULK = f"{PEOPLE}/bulk"


@pytest.fixture
def event(client: PageClient) -> Event:
    olli = make_user("Olli Organiser")
    event = make_event(organiser=olli)
    client.sign_in(olli)
    return event


def names(client: PageClient, query: str) -> list[str]:
    return client.get(f"{PEOPLE}?{query}").texts("//tbody//th//a")


def test_filters_stand_in_the_address_and_go_together(client: PageClient, event: Event) -> None:
    swedish = make_organisation("Bergslagen", kind="cluster", country="SE")
    swedish.size = "micro"
    aino = make_participant(event, "Aino", organisation=swedish, type_name="cluster")
    bertta = make_participant(event, "Bertta", status=Status.PENDING)
    make_participant(event, "Cecilia")
    make_item(aino, "offer", "Drying")
    make_wish(aino, bertta)
    make_wish(bertta, aino, "no")
    db.session.add(Tag(participant_id=aino.id, tag="vip"))
    tomorrow = now() + timedelta(days=1)
    attend(aino, make_session(event, "The mine", tomorrow, tomorrow + timedelta(hours=1)))
    db.session.commit()

    for query in (
        "country=SE",
        "kind=cluster",
        "size=micro",
        "type=cluster",
        "offers=with",
        "tag=vip",
        "sessions=with",
        "q=bergs",
    ):
        assert names(client, query) == ["Aino"], query
    assert names(client, "wishes=without") == ["Bertta", "Cecilia"]
    assert names(client, "offers=without&status=pending") == ["Bertta"]
    assert names(client, "status=nonsense&offers=maybe&sort=x") == ["Aino", "Bertta", "Cecilia"]


def test_the_number_of_queries_does_not_grow_with_the_people(
    client: PageClient, event: Event
) -> None:
    make_participant(event)
    everything = "&".join(f"columns={name}" for name in (*HAS, "tags"))
    with counted_queries() as few:
        client.get(f"{PEOPLE}?{everything}")
    for number in range(60):
        make_participant(event, f"Person {number}")
    with counted_queries() as many:
        client.get(f"{PEOPLE}?{everything}")

    assert len(many) == len(few)


def test_a_view_is_saved_for_every_organiser_and_removed(client: PageClient, event: Event) -> None:
    make_participant(event, "Aino", status=Status.PENDING)
    client.submit(f"{PEOPLE}/views", on=PEOPLE, name="To decide", query="status=pending")

    page = client.get(f"{PEOPLE}?status=pending")
    assert page.find("//nav[@aria-label='Saved views']//a/@href") == [f"{PEOPLE}?status=pending"]
    client.submit(f"{PEOPLE}/views/1/remove", on=PEOPLE)
    assert not client.get(PEOPLE).find("//nav[@aria-label='Saved views']")
    logged = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert logged == ["view saved", "view removed"]


def test_a_tag_for_all_a_filter_finds_is_confirmed_with_the_number_and_logged(
    client: PageClient, event: Event
) -> None:
    pending = [make_participant(event, f"P{n}", status=Status.PENDING) for n in range(3)]
    make_participant(event, "Aino")
    asked = f"{BULK}?whole=y&query=status%3Dpending&act=tag&tag=first"

    heading = client.get(asked).heading
    client.submit(
        BULK, on=asked, whole="y", query="status=pending", act="tag", tag="first", number="3"
    )

    assert heading == "Tag: 3 people"
    assert names(client, "tag=first") == ["P0", "P1", "P2"]
    logged = db.session.scalars(select(AuditEntry.subject).where(AuditEntry.actor_id.is_not(None)))
    assert sorted(logged) == sorted(one.ref for one in pending)


def test_when_others_fit_by_now_nothing_is_done(client: PageClient, event: Event) -> None:
    make_participant(event, "Aino", status=Status.PENDING)

    client.submit(BULK, on=PEOPLE, status=409, whole="y", query="", act="approve", number="7")

    assert names(client, "status=approved") == []


def test_people_of_another_event_are_out_of_reach(client: PageClient, event: Event) -> None:
    make_participant(event, "Aino")
    stranger = make_participant(make_event("kokkola"), "Ulla", status=Status.PENDING)

    client.submit(BULK, on=PEOPLE, status=409, id=[str(stranger.id)], act="approve", number="1")
    client.get(f"{PEOPLE}/{stranger.id}", status=404)

    assert reload(stranger).status == "pending"


def test_who_is_invited_gets_one_mail_with_a_link_however_often_it_is_pressed(
    client: PageClient, event: Event
) -> None:
    aino = make_participant(event, "Aino", status=Status.REGISTERING)
    for _time in range(2):
        client.submit(BULK, on=PEOPLE, id=[str(aino.id)], act="invite", number="1")

    mail = db.session.scalars(select(Mail)).one()
    assert (mail.user_id, mail.event_id) == (aino.user_id, None)
    assert "Open my registration: http" in mail.text


def test_a_block_is_set_off_and_on_again(client: PageClient, event: Event) -> None:
    aino, block = make_participant(event, "Aino"), event.blocks[0]
    send = {"id": [str(aino.id)], "block": str(block.id), "number": "1"}

    client.submit(BULK, on=PEOPLE, act="away", **send)
    away = [(one.starts_at, one.ends_at) for one in reload(aino).absences]
    client.submit(BULK, on=PEOPLE, act="free", **send)

    block = reload(block)
    assert away == [(block.starts_at, block.ends_at)]
    assert reload(aino).absences == []


def test_one_page_shows_a_person_with_what_happened_but_no_refusal_to_meet(
    client: PageClient, event: Event
) -> None:
    aino = make_participant(event, "Aino", status=Status.PENDING)
    make_item(aino, "offer", "Dry tailings")
    make_wish(make_participant(event, "Bertta Nohater"), aino, "no")
    client.submit(f"{PEOPLE}/{aino.id}/approve", on=PEOPLE)

    page = client.get(f"{PEOPLE}/{aino.id}")

    assert page.heading == "Aino"
    assert "Dry tailings" in page.text
    (approved,) = page.texts("//section[h2='What happened']//li")
    assert approved.endswith("Registration approved · Olli Organiser State: Waiting → In")
    assert "Bertta" not in page.text
    assert page.texts("//dd[../dt='Wishes received']") == ["0"]


def test_organisers_read_all_of_a_person_and_helpers_what_participants_do(
    client: PageClient, event: Event
) -> None:
    aino = make_participant(event, "Aino")
    aino.languages, aino.region, aino.online, aino.max_meetings = ["fi"], "FI1D7", True, 4
    first = event.slots[0]
    for end in (first.ends_at, first.ends_at + timedelta(days=1)):
        db.session.add(Absence(participant=aino, starts_at=first.starts_at, ends_at=end))
    make_answer(aino, make_question(event, "Diet?", audience="organisers"), "vegan")
    make_answer(aino, make_question(event, "Shoe size?", audience="participants"), "38")
    helper = make_user("Onni Helper")
    db.session.add(EventOrganiser(event_id=event.id, user_id=helper.id, role=Role.HELPER))
    db.session.commit()

    page = client.get(f"{PEOPLE}/{aino.id}")
    helped = client.sign_in(helper).get(f"{PEOPLE}/{aino.id}")

    facts = dict(zip(page.texts("//dt"), page.texts("//dd"), strict=True))
    assert facts["Languages"] == "Finnish"
    assert (facts["Region"], facts["Most meetings"]) == ("Lapland", "4")
    assert facts["Times taken off"] == (
        "Wednesday 28 April, 13:00–13:20Wednesday 28 April, 13:00 – Thursday 29 April, 13:20"
    )
    assert facts["Takes part"] == "online, by video"
    assert (facts["Diet?"], facts["Shoe size?"]) == ("vegan", "38")
    assert "vegan" not in helped.text
    assert "Shoe size?" in helped.text


def test_an_organiser_reads_what_somebody_wrote_of_themselves_in_their_own_language(
    client: PageClient, event: Event
) -> None:
    aino = make_participant(event, "Aino")
    aino.about, aino.about_language = "I sort ore.", "en"
    aino.about_texts = {"fi": "Lajittelen malmia."}
    db.session.commit()
    there = f"{PEOPLE}/{aino.id}"
    assert client.get(there).texts("//p[@class='note']") == ["I sort ore."]

    client.submit("/language", on=there, locale="fi", next=there)

    assert client.get(there).texts("//p[@class='note']") == ["Lajittelen malmia."]


def test_what_is_taken_away_can_be_brought_in_and_computes_nothing(
    client: PageClient, event: Event
) -> None:
    aino = make_participant(event, "=HYPERLINK(1)")
    make_item(aino, "offer", "Safe;=1+1")

    csv = client.http.get(f"{PEOPLE}/export.csv").get_data().decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(client.http.get(f"{PEOPLE}/export.xlsx").get_data()))

    assert "'=HYPERLINK(1)" in csv
    assert "Safe;'=1+1" in csv
    assert book.active
    assert book.active["A2"].value == "=HYPERLINK(1)"
    assert book.active["A2"].data_type == "s"


@pytest.mark.parametrize("text", ["+358 40", "a;=1", "a\n@x", "a,\t-1", "'=1"])
def test_nothing_begins_like_a_formula_at_any_separator(text: str) -> None:
    parts = harmless(text).replace("\t", ";").replace("\n", ";").replace(",", ";").split(";")

    assert not [part for part in parts if part.strip()[:1] in tuple("=+-@")]


def set_places(client: PageClient, status: int = 302, **typed: str) -> Page:
    """The form as the page gives it, with what is typed into it."""
    seen = client.get(f"{PEOPLE}/places").find("//input[@name='seen']/@value")[0]
    return client.submit(f"{PEOPLE}/places", status=status, **{"seen": seen} | typed)


def test_more_places_let_in_who_waits_longest(client: PageClient, event: Event) -> None:
    make_participant(event, "In")
    set_places(client, all="1")
    waiting = [make_participant(event, f"W{n}", status=Status.PENDING) for n in range(2)]
    for one in waiting:
        client.submit(f"{PEOPLE}/{one.id}/approve", on=PEOPLE)
    before = names(client, "status=waiting")
    heading = client.get(f"{PEOPLE}/places").heading
    set_places(client, all="2")

    assert before == ["W0", "W1"]
    assert heading == "2 people wait for a place"
    assert names(client, "status=waiting") == ["W1"]
    assert "You are in" in str(db.session.scalars(select(Mail.subject)).all())


def test_places_that_are_no_number_or_were_changed_meanwhile_let_nobody_in(
    client: PageClient, event: Event
) -> None:
    set_places(client, all="0")
    make_participant(event, "Waits", status=Status.WAITING)
    db.session.commit()
    stale = client.get(f"{PEOPLE}/places").find("//input[@name='seen']/@value")[0]

    wrong = set_places(client, 422, all="about 9")
    of_type = f"type-{event.types[0].id}"
    set_places(client, all="0", **{of_type: "5"})
    late = set_places(client, 409, all="7", seen=stale, **{of_type: ""})

    assert "Write a whole number from 0 to 100000." in wrong.text
    assert late.texts("//section[.//h2='Both versions']//td") == ["7", "0", "(empty)", "5"]
    assert names(client, "status=waiting") == ["Waits"]


def test_who_takes_another_organisation_after_being_let_in_stands_out(
    client: PageClient, event: Event
) -> None:
    aino, bertta = make_participant(event, "Aino"), make_participant(event, "Bertta")
    before, other = aino.organisation, make_organisation("Tuulivoima Oy")
    aino.decided_at = bertta.decided_at = now()
    db.session.commit()
    assert before

    describe(aino, name="Aino", organisation=other, type_name="SME", languages=[], listed=True)
    own = bertta.organisation or other
    describe(bertta, name="Bert", organisation=own, type_name="SME", languages=[], listed=True)
    db.session.commit()
    page = client.get(PEOPLE)
    person = client.get(f"{PEOPLE}/{aino.id}")

    assert page.texts("//tr[.//text()='changed since approval']//th//a") == ["Aino"]
    assert "Came for another organisation" in person.text
    assert f"{before.name} → Tuulivoima Oy" in person.text
