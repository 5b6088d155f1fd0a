"""One tap on the day, a note for oneself, answers after the event; organisers read sums."""

import csv
import io
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask

from matchmaker.clock import stopped_at
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.followup.links import link_to
from matchmaker.followup.models import MeetingOutcome, MeetingWord
from matchmaker.followup.services import keep_note, rate, say
from matchmaker.registration.models import Status
from tests.factories.events import FIRST_SLOT
from tests.followup.conftest import LATER, Scene, met
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

AGENDA = "/e/kittila/agenda"
AFTER = "/e/kittila/after"
FIGURES = "/e/kittila/organise/after"
PRESSED = "//button[@aria-pressed='true']"
CHOICES = "//form[@class='happened-choices']"


@pytest.fixture
def aino(client: PageClient, scene: Scene) -> PageClient:
    return client.sign_in(scene.aino.user)


def meeting_of(scene: Scene) -> str:
    with stopped_at(LATER):
        return f"{AGENDA}/meetings/{met(scene.aino, scene.marek).meeting.id}"


def words() -> list[tuple[str, int | None, str]]:
    db.session.expire_all()
    return [(word.said, word.rating, word.note) for word in db.session.query(MeetingWord)]


def test_from_its_beginning_a_meeting_has_its_buttons_on_the_agenda(
    aino: PageClient, scene: Scene
) -> None:
    meeting = meeting_of(scene)
    with stopped_at(FIRST_SLOT - timedelta(seconds=1)):
        before = aino.get(AGENDA).texts(CHOICES)
    with stopped_at(FIRST_SLOT):
        begun = aino.get(AGENDA)
        answer = aino.submit(f"{meeting}/happened", on=meeting, said="held", back="agenda").response
        again = aino.get(AGENDA)
        aino.submit(f"{meeting}/rating", on=meeting, rating="3")
        rated = aino.get(meeting)
        aino.submit(f"{meeting}/happened", on=meeting, said="")

    assert before == []
    assert begun.texts(f"{CHOICES}/button") == [
        "We met: Marek Zieliński",
        "They did not come: Marek Zieliński",
        "I could not come: Marek Zieliński",
    ]
    assert answer.headers["Location"].startswith(f"{AGENDA}#happened-")
    assert again.texts(PRESSED) == ["We met: Marek Zieliński"]
    assert rated.texts(PRESSED) == [
        "We met: Marek Zieliński",
        "Very useful: Marek Zieliński",
    ]
    assert words() == [("", None, "")]


def test_with_htmx_only_the_buttons_of_the_meeting_come_back(
    app: Flask, aino: PageClient, scene: Scene
) -> None:
    meeting = meeting_of(scene)
    with stopped_at(LATER):
        sent = {"csrf_token": aino.token(meeting), "said": "held", "back": "after"}
        answer = aino.http.post(f"{meeting}/happened", data=sent, headers={"HX-Request": "true"})
    text = answer.get_data(as_text=True)

    assert text.lstrip().startswith('<div class="happened')
    assert "How useful was it?" in text


def test_the_other_side_sees_the_same_whatever_is_said_of_them(
    app: Flask, aino: PageClient, scene: Scene
) -> None:
    paths = (AGENDA, meeting_of(scene), AFTER, f"/e/kittila/people/{scene.marek.id}")

    def seen() -> list[tuple[str, int]]:
        pages = []
        for path in paths:
            with counted_queries() as queries:
                page = aino.get(path)
            pages.append((" ".join(page.texts("//body")), len(queries)))
        return pages

    with stopped_at(LATER):
        before = [seen(), seen()][-1]  # the first time fills what the process keeps
        theirs = met(scene.marek, scene.aino)
        for said in ("absent", "held"):
            say(theirs, said)
            db.session.commit()
            assert seen() == before
        rate(theirs, 1)
        keep_note(theirs, "Rather dull")
        db.session.commit()
        assert seen() == before


def test_a_note_is_kept_with_its_error_and_is_its_authors_alone(
    client: PageClient, aino: PageClient, scene: Scene
) -> None:
    meeting = meeting_of(scene)

    long = aino.submit(f"{meeting}/note", on=meeting, status=422, note="x" * 2001)
    aino.submit(f"{meeting}/note", on=meeting, note="Rather dull")
    own = aino.get(meeting)
    others = [client.sign_in(scene.marek.user).get(meeting).text]
    client.sign_in(scene.olli)
    path = f"/e/kittila/organise/people/{scene.aino.id}"
    with stopped_at(LATER):
        client.submit(f"{path}/act-for", on=path)
        acting = client.get(meeting)
        refused = client.submit(f"{meeting}/note", on=meeting, status=403, note="Seen")
        client.submit(f"{meeting}/happened", on=meeting, said="missed")
        client.get(AFTER, status=403)

    assert "Shorten this to 2000 characters or fewer." in long.text
    assert long.texts("//textarea") == ["x" * 2001]
    assert own.texts("//textarea") == ["Rather dull"]
    assert [page for page in (*others, acting.text, refused.text) if "dull" in page] == []
    assert acting.find("//textarea") == []
    assert words() == [("missed", None, "Rather dull")]


def test_a_meeting_of_others_or_another_event_is_not_found(
    client: PageClient, scene: Scene
) -> None:
    meeting = meeting_of(scene)
    claire = client.sign_in(scene.claire.user)

    with stopped_at(LATER):
        claire.submit(f"{meeting}/happened", on=AFTER, status=404, said="held")
        as_aino = {"as": str(scene.aino.id), "said": "held"}
        claire.submit(f"{meeting}/happened", on=AFTER, status=404, **as_aino)

    assert words() == []


def test_who_acts_for_several_says_it_of_each_where_it_stands(
    aino: PageClient, scene: Scene
) -> None:
    meeting = meeting_of(scene)
    marek = scene.marek.id
    scene.claire.user, scene.claire.number = scene.marek.user, 2
    db.session.commit()
    client = aino.sign_in(scene.marek.user)

    with stopped_at(LATER):
        assert len(client.get(AFTER).find("//li[@class='met']")) == 2
        other = met(scene.claire, scene.aino).meeting.id
        path, role = f"{AGENDA}/meetings/{other}/happened", str(scene.claire.id)
        client.submit(path, on=meeting, said="held", **{"as": role})

    said = db.session.query(MeetingWord.person_id, MeetingWord.said).all()
    assert said == [(int(role), "held")]
    assert int(role) != marek


def test_after_the_event_each_meeting_is_asked_about(aino: PageClient, scene: Scene) -> None:
    with stopped_at(FIRST_SLOT - timedelta(days=1)):
        nothing = aino.get(AFTER)
    with stopped_at(LATER):
        early = aino.get(AFTER)
    with stopped_at(LATER + timedelta(days=1)):
        key = f"{scene.aino.id}-{scene.marek.id}"
        line, ticks = f"line-{key}", f"results-{key}"
        long = aino.submit(AFTER, status=422, **{line: "x" * 201, ticks: ["contact"]})
        aino.submit(AFTER, **{line: ""})
        empty = aino.get(AFTER)
        aino.submit(AFTER, **{line: "A pilot", ticks: ["contact", "project", "bribe"]})
        kept = aino.get(AFTER)
    with stopped_at(LATER + timedelta(days=100)):
        later = aino.get(AFTER)

    assert nothing.heading == "No meeting yet"
    assert early.heading == "2 meetings so far"
    assert "From Thursday 29 April on we ask here" in early.text
    ticked = "//input[@checked]/@value"
    assert long.find(ticked) == ["contact"]
    assert long.texts("//p[@class='field-error']") == ["Shorten this to 200 characters or fewer."]
    assert long.find(f"//input[@name='{line}']/@value") == ["x" * 201]
    assert kept.find(ticked) == later.find(ticked) == ["contact", "project"]
    assert "Nothing is ticked, so no answer is kept." in empty.text
    assert "You have answered." in kept.text
    assert "What you said last time is ticked already." in later.text
    assert [(row.results, row.line) for row in db.session.query(MeetingOutcome)] == [
        (0b11, "A pilot")
    ]


def test_after_the_event_every_page_it_begins_on_leads_to_what_came_of_it(
    aino: PageClient, scene: Scene
) -> None:
    scene.event.phase = Phase.PUBLISHED
    db.session.commit()

    def first_links() -> list[str]:
        """In the page's head; on the list of events below its name."""
        ways = "//header[.//h1]//a/@href | //p[@class='event-entry-ways']/a/@href"
        pages = ("/e/kittila/", "/e/kittila/registration", AGENDA, "/")
        return [aino.get(page).find(ways)[0] for page in pages]

    with stopped_at(LATER + timedelta(days=1)):
        on_its_last_day = first_links()
    with stopped_at(LATER + timedelta(days=2)):
        assert first_links() == [AFTER] * 4
        assert aino.get(AFTER).heading == "2 meetings"
        assert "You cannot come?" not in aino.get("/e/kittila/registration").text
    scene.event.phase = Phase.CLOSED
    db.session.commit()
    with stopped_at(LATER + timedelta(days=100)):
        assert first_links() == [AFTER] * 4
    assert AFTER not in on_its_last_day


def test_the_mailed_link_opens_one_page_and_changes_nothing_by_itself(
    app: Flask, scene: Scene
) -> None:
    stranger = PageClient(app)
    with stopped_at(LATER + timedelta(days=2)):
        keep_note(met(scene.aino, scene.marek), "Rather dull")
        db.session.commit()
        link = urlsplit(link_to(scene.aino.user, scene.event)).path
        with counted_queries() as statements:
            page = stranger.get(link)
        key = f"results-{scene.aino.id}-{scene.claire.id}"
        theirs = f"results-{scene.marek.id}-{scene.aino.id}"
        stranger.submit(link, **{key: ["contact"], theirs: ["contract"], "rest": "nothing"})
        answered = stranger.get(link)
        stranger.get(AFTER, status=302)
    with stopped_at(LATER + timedelta(days=100)):
        later = stranger.get(link)

    assert page.texts("//legend") == ["Marek Zieliński", "Claire Vidal"]
    assert "dull" not in page.text
    assert [text for text in statements if text.startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert "You have answered." in answered.text
    assert "What you said last time is ticked already." in later.text
    rows = db.session.query(MeetingOutcome).all()
    assert {(row.person_id, row.other_id, row.results) for row in rows} == {
        (scene.aino.id, scene.marek.id, 0),
        (scene.aino.id, scene.claire.id, 1),
    }
    scene.aino.status = Status.WITHDRAWN
    db.session.commit()
    assert stranger.http.get(link).status_code == 404


def test_organisers_read_sums_and_take_tables_without_notes_and_ratings(
    client: PageClient, scene: Scene
) -> None:
    scene.event.phase = Phase.FOLLOW_UP
    olli = client.sign_in(scene.olli)
    with stopped_at(FIRST_SLOT - timedelta(days=1)):
        empty = olli.get(FIGURES)
    with stopped_at(LATER + timedelta(days=1)):
        mine, other = met(scene.aino, scene.marek), met(scene.claire, scene.aino)
        say(mine, "held")
        rate(mine, 1)
        keep_note(mine, "Rather dull")
        say(other, "absent")
        db.session.add(
            MeetingOutcome(person_id=scene.aino.id, other_id=scene.marek.id, months=0, line="=1+1")
        )
        db.session.commit()
        page = olli.get(FIGURES)
        tables = [
            olli.http.get(f"{FIGURES}/{name}.csv").get_data(as_text=True)
            for name in ("meetings", "outcomes")
        ]
        overview = olli.get("/e/kittila/organise/")

    assert empty.heading == "No meeting has begun yet"
    assert page.heading == "1 meeting was held"
    figures = dict(zip(page.texts("//dt"), page.texts("//span[@class='stat-figure']"), strict=True))
    assert figures == {
        "Planned": "2",
        "Held": "1",
        "No-shows": "1",
        "Disputed": "0",
        "Unknown": "0",
    }
    assert [
        text for text in (page.text, *tables) if "dull" in text or "Zieliński" in page.text
    ] == []
    meetings, outcomes = (list(csv.reader(io.StringIO(text.lstrip("\ufeff")))) for text in tables)
    assert [row[3:] for row in meetings[1:]] == [
        ["Aino Niskala", "Marek Zieliński", "Held", ""],
        ["Aino Niskala", "Claire Vidal", "No-show", "Aino Niskala"],
    ]
    assert outcomes[1] == ["0", "Aino Niskala", "Marek Zieliński", *[""] * 5, "'=1+1"]
    assert "1 meeting was held" in overview.text
