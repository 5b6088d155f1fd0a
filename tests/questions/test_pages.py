"""Questions on the organiser's pages and in the registration."""

import codecs
import csv
import io

import pytest

from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.questions.models import Question, Wording
from matchmaker.questions.queries import answers_of, questions_of
from matchmaker.registration.models import Participant, Status
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.questions import make_answer, make_question
from tests.pages.client import PageClient, reload
from tests.query_counter import counted_queries

pytestmark = pytest.mark.usefixtures("context")

QUESTIONS = "/e/kittila/organise/questions"
ITEMS = "/e/kittila/register/offers-and-needs"


@pytest.fixture
def olli() -> User:
    return make_user("Olli Organiser")


@pytest.fixture
def event(olli: User) -> Event:
    event = make_event(organiser=olli)
    event.languages = ["en", "fi"]
    db.session.commit()
    return event


@pytest.fixture
def aino(client: PageClient, event: Event) -> Participant:
    """An approved participant who is signed in."""
    aino = make_participant(event)
    client.sign_in(aino.user)
    return aino


def said(person: Participant) -> dict[int, object]:
    return {number: given.value for number, given in answers_of(reload(person)).items()}


def test_an_organiser_asks_in_two_languages(client: PageClient, event: Event, olli: User) -> None:
    client.sign_in(olli)

    client.submit(
        f"{QUESTIONS}/new",
        kind="several",
        label_en="Which days?",
        label_fi="Minä päivinä?",
        options_en="Tuesday\nWednesday",
        options_fi="Tiistaina\nKeskiviikkona",
        types=["SME"],
        audience="participants",
    )

    page = client.get(QUESTIONS)
    [question] = questions_of(reload(event))
    assert page.heading == "You ask 1 question"
    assert "Any of several answers · SME · Participants who may see the person, too" in page.text
    assert question.wording.options == [
        {"key": "tuesday", "label": {"en": "Tuesday", "fi": "Tiistaina"}},
        {"key": "wednesday", "label": {"en": "Wednesday", "fi": "Keskiviikkona"}},
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"label_en": ""}, "Write the question."),
        ({"options_en": "Only one"}, "Write from 2 to 40 answers"),
        ({"options_fi": "Yksi"}, "Write as many answers in each language, in the same order."),
        ({"options_en": "Same\nSame"}, "Two of the answers are the same."),
    ],
)
def test_a_question_that_cannot_be_asked_stays_as_typed(
    client: PageClient, event: Event, olli: User, typed: dict[str, str], sentence: str
) -> None:
    client.sign_in(olli)
    given = {"kind": "choice", "label_en": "Which?", "options_en": "One\nTwo", "help_en": "Help"}

    page = client.submit(f"{QUESTIONS}/new", status=422, **{**given, **typed})

    assert sentence in page.text
    assert page.find("//input[@name='help_en']/@value") == ["Help"]
    assert questions_of(reload(event)) == []


def test_removing_says_first_how_many_answers_go(
    client: PageClient, event: Event, aino: Participant, olli: User
) -> None:
    question = make_question(event)
    make_answer(aino, question, "Fish")
    client.sign_in(olli)

    page = client.get(f"{QUESTIONS}/{question.id}/remove")

    assert "1 answer goes with it" in page.text
    client.submit(f"{QUESTIONS}/{question.id}/remove")
    assert said(aino) == {}


def test_questions_stand_after_the_items_in_the_readers_language_where_given(
    client: PageClient, event: Event, aino: Participant
) -> None:
    make_question(event, "Ruokavalio?", fi="Ruokavalio?")
    make_question(event, "Only for clusters?", types=("cluster",))
    finnish = make_question(event)
    finnish.wording.label = {"fi": "Kenen kyydissä?"}
    db.session.commit()

    page = client.get(ITEMS)

    labels = page.texts("//section[@aria-labelledby='questions']//label")
    assert labels == ["Ruokavalio? (optional)", "Kenen kyydissä? (optional)"]
    assert page.texts("//div[@lang='fi']//label") == labels[1:]


def test_answers_of_every_kind_are_kept_and_shown_again(
    client: PageClient, event: Event, aino: Participant
) -> None:
    line, long = make_question(event, "Diet?"), make_question(event, "Story?", "long")
    number = make_question(event, "How many?", "number")
    choice = make_question(event, "Which?", "choice", options=("Mine", "Mill"))
    several = make_question(event, "Days?", "several", options=("Tue", "Wed", "Thu"))
    consent = make_question(event, "I agree", "consent")

    client.submit(
        ITEMS,
        **{
            **{f"answer-{n}-wording": "1" for n in range(line.id, consent.id + 1)},
            f"answer-{line.id}": " Fish ",
            f"answer-{long.id}": "one\r\ntwo",
            f"answer-{number.id}": "1 200,5",
            f"answer-{choice.id}": "mill",
            f"answer-{several.id}": ["tue", "thu"],
            f"answer-{consent.id}": "y",
        },
    )

    shown = client.get(ITEMS)
    assert said(aino) == {
        line.id: "Fish",
        long.id: "one\ntwo",
        number.id: 1200.5,
        choice.id: "mill",
        several.id: ["tue", "thu"],
        consent.id: True,
    }
    assert shown.find("//input[@checked]/@value") == ["mill", "tue", "thu", "y"]


def test_a_required_answer_counts_at_the_end_and_nothing_typed_is_lost(
    client: PageClient, event: Event, aino: Participant
) -> None:
    diet = make_question(event, required=True)
    film = make_question(event, "I agree to be filmed", "consent", required=True)
    sent = {
        "offer-0-title": "Drone surveys",
        f"answer-{diet.id}-wording": "1",
        f"answer-{film.id}-wording": "1",
    }

    page = client.submit(ITEMS, status=422, **sent)
    client.submit(f"{ITEMS}/more-offer", on=ITEMS, **sent)

    assert page.texts("//*[contains(@class, 'field-error')]") == [
        "The organisers need an answer to this.",
        "Tick this to take part, or write to the organisers.",
    ]
    assert page.find("//input[@name='offer-0-title']/@value") == ["Drone surveys"]


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("number", "many", "Write a number, as 12 or 2,5."),
        ("number", "inf", "Write a number, as 12 or 2,5."),
        ("choice", "gold", "Choose one of these answers."),
        ("text", "x" * 301, "Shorten this to 300 characters or fewer."),
    ],
)
def test_a_wrong_answer_is_marked_and_stays(
    client: PageClient, event: Event, aino: Participant, kind: str, typed: str, sentence: str
) -> None:
    question = make_question(event, kind=kind, options=("Mine", "Mill"))
    name = f"answer-{question.id}"

    page = client.submit(ITEMS, status=422, **{f"{name}-wording": "1", name: typed})

    assert sentence in page.text
    assert said(aino) == {}
    if kind != "choice":
        assert page.find(f"//input[@name='{name}']/@value") == [typed]


def test_an_answer_is_to_the_words_that_were_read(
    client: PageClient, event: Event, aino: Participant
) -> None:
    film = make_question(event, "I agree to be filmed", "consent")
    reword(film, "I agree to be filmed and shown abroad")

    client.submit(ITEMS, **{f"answer-{film.id}-wording": "1", f"answer-{film.id}": "y"})

    page = client.get(ITEMS)
    assert answers_of(reload(aino))[film.id].wording.number == 1
    assert "The words have changed since you agreed" in page.text
    assert page.find(f"//input[@name='answer-{film.id}'][@checked]") == []


def reword(question: Question, label: str) -> None:
    question.wordings.append(Wording(number=2, label={"en": label}))
    db.session.commit()


def test_a_question_asked_meanwhile_holds_nobody_up(
    client: PageClient, event: Event, aino: Participant
) -> None:
    make_question(event, required=True)

    client.submit(ITEMS, **{"offer-0-title": "Drone surveys"})

    assert said(aino) == {}


def test_figures_are_charts_numbers_and_tables(
    client: PageClient, event: Event, aino: Participant, olli: User
) -> None:
    others = [make_participant(event, f"Person {n}") for n in range(3)]
    choice = make_question(event, "Which?", "choice", options=("Mine", "Mill"))
    number = make_question(event, "How many?", "number")
    for person, chosen, guests in zip(
        [aino, *others], ["mill", "mill", "mine", "gone"], [1, 2, 3, 10], strict=True
    ):
        make_answer(person, choice, chosen)
        make_answer(person, number, guests)
    left = make_participant(event, "Left Again", status=Status.WITHDRAWN)
    make_answer(left, choice, "mine")
    client.sign_in(olli)

    page = client.get(f"{QUESTIONS}/answers")

    assert page.texts("//table[@class='bars']/tbody/tr") == ["Mine1", "Mill2"]
    assert page.texts("//dl/dd") == ["1", "2.5", "4", "10", "16"]
    assert "4 of 4 people answered" in page.text
    assert "Left Again" not in page.text


def test_the_page_of_figures_asks_as_often_however_many_answer(
    client: PageClient, event: Event, olli: User
) -> None:
    client.sign_in(olli)
    asked = []
    for _more in range(2):
        person = make_participant(event)
        for _question in range(2):
            make_answer(person, make_question(event), "Fish")
        with counted_queries() as statements:
            client.get(f"{QUESTIONS}/answers")
        asked.append(len(statements))

    assert asked[0] == asked[1]


def test_the_table_of_answers_names_consent_with_its_moment_and_no_formula(
    client: PageClient, event: Event, aino: Participant, olli: User
) -> None:
    make_answer(aino, make_question(event, "Diet?"), "=1+1")
    film = make_answer(aino, make_question(event, "Film?", "consent"), True)
    client.sign_in(olli)

    response = client.http.get(f"{QUESTIONS}/answers.csv")

    assert response.data.startswith(codecs.BOM_UTF8)  # spreadsheets read "ö" only then
    [row] = csv.DictReader(io.StringIO(response.data.decode("utf-8-sig")))
    assert (row["name"], row["Diet?"], row["Film?"]) == ("Aino Niskala", "'=1+1", "yes")
    assert (row["Film? (wording)"], row["Film? (when)"]) == (
        "1",
        film.answered_at.isoformat(timespec="seconds"),
    )


def test_another_events_question_is_not_found(client: PageClient, event: Event, olli: User) -> None:
    question = make_question(make_event("kokkola"), "Secret of Kokkola?")
    client.sign_in(olli)

    for path in ("", "/remove"):
        client.get(f"{QUESTIONS}/{question.id}{path}", status=404)
    client.submit(f"{QUESTIONS}/{question.id}/remove", on=f"{QUESTIONS}/new", status=404)
    assert reload(question) is not None


def test_a_registration_is_not_sent_without_the_answers_required(
    client: PageClient, event: Event
) -> None:
    lars = make_participant(event, "Lars Kvist", status=Status.REGISTERING)
    film = make_question(event, "I agree to be filmed", "consent", required=True)
    event.phase = Phase.REGISTRATION
    db.session.commit()
    client.sign_in(lars.user)

    page = client.submit("/e/kittila/register/availability")

    assert page.response.headers["Location"] == f"{ITEMS}#questions"
    assert reload(lars).status == Status.REGISTERING
    make_answer(lars, film, True)
    client.submit("/e/kittila/register/availability")
    assert reload(lars).status == Status.PENDING


def test_a_persons_page_shows_the_answers_meant_for_participants_alone(
    client: PageClient, event: Event, aino: Participant
) -> None:
    lars = make_participant(event, "Lars Kvist")
    make_answer(lars, make_question(event, "Allergies?"), "Nuts")
    days = make_question(event, "Days?", "several", options=("Tue", "Wed"), audience="participants")
    make_answer(lars, days, ["tue", "wed"])

    page = client.get(f"/e/kittila/people/{lars.id}")

    assert page.texts("//dl[@class='asked']/*") == ["Days?", "Tue, Wed"]
    assert "Nuts" not in page.text
