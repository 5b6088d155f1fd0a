"""The public pages of events and the organiser's settings."""

import pytest
from sqlalchemy import select

from matchmaker.audit.models import AuditEntry
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.events.weights import USUAL_WEIGHTS
from matchmaker.extensions import db
from matchmaker.registration.models import Status
from tests.factories.events import make_event, make_organisation, make_participant, make_user
from tests.pages.client import Page, PageClient, reload
from tests.query_counter import counted_queries

pytestmark = pytest.mark.usefixtures("context")

EVENT = "/e/kittila/"
SETTINGS = "/e/kittila/organise/settings"
NAME = "A sustainable approach to raw materials"


def settings(event: Event, **changes: str) -> dict[str, str]:
    """The settings form as a browser sends it back, with something changed."""
    weights = {name: str(value) for name, value in USUAL_WEIGHTS.items()}
    rest = {"approval": event.approval, "consent": event.consent, "max_meetings": "10"}
    rest |= {"most_pending": "10", "request_days": "7", "placement": "run", "change_hours": "1"}
    return rest | weights | {"version": str(event.version)} | changes


def bars(page: Page, caption: str) -> list[str]:
    return page.texts(f"//table[caption='{caption}']/tbody/tr")


def test_the_first_page_lists_public_events_newest_first(client: PageClient) -> None:
    make_event("kittila")
    later = make_event("kokkola", phase=Phase.REGISTRATION)
    later.name, later.ends_on = "Later event", later.ends_on.replace(year=2028)
    later.starts_on = later.ends_on
    make_event("secret", phase=Phase.DRAFT)
    db.session.commit()

    page = client.get("/")

    assert [str(path) for path in page.find("//h3/a/@href")] == ["/e/kokkola/", EVENT]


def test_ones_own_events_come_first_and_an_organiser_sees_drafts(client: PageClient) -> None:
    user = make_user()
    make_event("kokkola")
    make_event("draft", phase=Phase.DRAFT, organiser=user)
    make_participant(make_event("kittila"), user=user)
    client.sign_in(user)

    page = client.get("/")

    assert page.heading == "Your events"
    assert page.find("//main//li/h2/a/@href") == ["/e/draft/", EVENT]
    assert page.find("//section[h2='Other events']//h3/a/@href") == ["/e/kokkola/"]


def test_each_of_ones_events_says_where_one_stands_and_leads_on(client: PageClient) -> None:
    user = make_user()
    make_participant(make_event("levi", phase=Phase.PUBLISHED), user=user)
    make_participant(make_event("kemi"), user=user)
    make_participant(make_event("oulu"), user=user, status=Status.PENDING)
    make_event("draft", phase=Phase.DRAFT, organiser=user)

    page = client.sign_in(user).get("/")

    assert sorted(page.find("//li/p[@class='event-entry-ways']/a/@href")) == [
        "/e/draft/organise/",
        "/e/kemi/people",
        "/e/levi/agenda",
        "/e/levi/people",
        "/e/oulu/registration",
    ]
    assert sorted(page.texts("//p[@class='chips']/*")) == [
        "Draft",
        "Waits for the organiser",
        "You are in",
        "You are in",
        "You organise this",
    ]


def test_without_events_the_first_page_says_so(client: PageClient) -> None:
    assert client.get("/").texts("//main//h2") == ["No event is open yet"]


def test_the_event_page_counts_who_is_coming_and_names_nobody(client: PageClient) -> None:
    event = make_event(phase=Phase.REGISTRATION)
    swedish = make_organisation("Norrsken Ab", country="SE")
    make_participant(event, "Aino Niskala", type_name="cluster", organisation=swedish)
    make_participant(event, "Lars Kvist")
    make_participant(event, "Claire Vidal", status=Status.PENDING)
    make_participant(event, "Marek Zieliński", status=Status.WITHDRAWN)

    page = client.get(EVENT)

    assert (page.heading, page.response.status_code) == (NAME, 200)
    assert bars(page, "By type") == ["cluster1", "SME1"]
    assert bars(page, "By country") == ["Finland1", "Sweden1"]
    for secret in ("Aino", "Kvist", "Vidal", "Zieliński", "Norrsken", "@niskala"):
        assert secret not in page.text


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, "Register"),
        (Status.REGISTERING, "Continue your registration"),
        (Status.PENDING, "Your registration"),
        (Status.APPROVED, "You are in: what comes next"),
    ],
)
def test_the_event_page_has_the_next_step_of_whoever_looks(
    client: PageClient, status: Status | None, words: str
) -> None:
    event, user = make_event(phase=Phase.REGISTRATION), make_user()
    if status is not None:
        make_participant(event, user=user, status=status)
    client.sign_in(user)

    page = client.get(EVENT)

    assert page.texts("//header[contains(@class, 'page-head')]//a") == [words]


def test_a_closed_event_page_says_whom_to_ask(client: PageClient) -> None:
    make_event(phase=Phase.FOLLOW_UP)

    page = client.get(EVENT)

    assert "Registration is closed. Questions go to organiser@matchmaker.example." in page.text


def test_a_draft_is_seen_by_its_organisers_alone(client: PageClient) -> None:
    organiser = make_user()
    make_event(phase=Phase.DRAFT, organiser=organiser)
    make_event("kokkola", organiser=make_user())

    client.get(EVENT, status=404)
    client.sign_in(make_user()).get(EVENT, status=404)
    assert client.sign_in(organiser).get(EVENT).heading == NAME


def test_the_event_page_costs_the_same_for_one_and_for_thirty(client: PageClient) -> None:
    event = make_event()
    make_participant(event)
    with counted_queries() as few:
        client.get(EVENT)
    for _person in range(29):
        make_participant(event)
    with counted_queries() as many:
        client.get(EVENT)

    assert len(many) == len(few)


def test_settings_are_saved_and_recorded(client: PageClient) -> None:
    organiser = make_user()
    event = make_event(organiser=organiser)
    client.sign_in(organiser)

    client.submit(SETTINGS, **settings(event, max_meetings="7", most_in_a_row="3", must="50"))

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (reload(event).max_meetings, event.weights["must"]) == (7, 50)
    assert event.most_in_a_row == 3
    assert entry.details["max_meetings"] == [10, 7]


def test_saving_what_is_there_changes_and_records_nothing(client: PageClient) -> None:
    organiser = make_user()
    event = make_event(organiser=organiser)
    client.sign_in(organiser)

    client.submit(SETTINGS, **settings(event))

    assert (reload(event).version, event.weights) == (1, {})
    assert db.session.query(AuditEntry).count() == 0


def test_a_second_organiser_is_told_keeps_what_they_typed_and_may_save_again(
    client: PageClient,
) -> None:
    organiser = make_user()
    event = make_event(organiser=organiser)
    client.sign_in(organiser)
    mine = settings(event, max_meetings="7")
    client.submit(SETTINGS, **settings(event, max_meetings="8"))

    told = client.submit(SETTINGS, status=409, **mine)
    version = str(told.find("//input[@name='version']/@value")[0])

    assert "Somebody else changed these settings" in told.text
    assert told.find("//input[@name='max_meetings']/@value") == ["7"]
    assert "Last changed by Aino Niskala" in told.text
    assert told.texts("//table/tbody/tr/*") == ["At most so many meetings each", "7", "8"]
    assert reload(event).max_meetings == 8
    client.submit(SETTINGS, **(mine | {"version": version}))
    assert reload(event).max_meetings == 7


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("must", "0", "Write a whole number from 1 to 1000."),
        ("same_topic", "many", "Write a whole number from 0 to 1000."),
        ("max_meetings", "-1", "Write a whole number from 0 to 200."),
        ("consent", "all", "Not a valid choice."),
    ],
)
def test_a_wrong_setting_says_what_would_be_right(
    client: PageClient, field: str, value: str, sentence: str
) -> None:
    organiser = make_user()
    event = make_event(organiser=organiser)
    client.sign_in(organiser)

    page = client.submit(SETTINGS, status=422, **settings(event, **{field: value}))

    assert sentence in page.text
    assert reload(event).version == 1


def test_the_phase_moves_forward_and_back_and_twice_is_once(client: PageClient) -> None:
    organiser = make_user()
    event = make_event(organiser=organiser, phase=Phase.REGISTRATION)
    client.sign_in(organiser)

    for phase in ("wishes open", "wishes open", "registration open"):
        client.submit("/e/kittila/organise/phase", on=SETTINGS, phase=phase)
    client.submit("/e/kittila/organise/phase", on=SETTINGS, phase="party", status=422)

    assert reload(event).phase == Phase.REGISTRATION
    assert db.session.query(AuditEntry).count() == 2


def test_nobody_else_sees_or_changes_the_settings(client: PageClient) -> None:
    event = make_event(organiser=make_user())
    aino = make_participant(event)
    stranger = make_user()
    make_event("kokkola", organiser=stranger)

    assert client.get(SETTINGS, status=302).response.headers["Location"] == (
        f"/sign-in?next={SETTINGS}"
    )
    for outsider in (aino.user, stranger):
        client.sign_in(outsider)
        assert "Levi Hall" not in client.get(SETTINGS, status=404).text
        client.submit("/e/kittila/organise/phase", on="/account", phase="closed", status=404)
    assert reload(event).phase == Phase.WISHES
