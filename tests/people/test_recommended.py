"""The recommended, one by one: what is said, skipped, undone and explained, and what is secret."""

import pytest

from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.people.models import Mark
from matchmaker.wishes.models import Wish
from tests.factories.events import make_event, make_item, make_participant, make_wish
from tests.pages.client import Page, PageClient
from tests.people.conftest import Kittila

PEOPLE = "/e/kittila/people"
STACK = f"{PEOPLE}/recommended"


def top(page: Page) -> str:
    names = page.texts("//section[@id='stack']//h2")
    return names[0] if names else ""


def say(kittila: Kittila, person_id: int, verdict: str) -> Page:
    kittila.client.submit(f"{PEOPLE}/{person_id}/verdict", on=STACK, verdict=verdict)
    return kittila.client.get(f"{STACK}?last={person_id}")


def said(kittila: Kittila) -> list[tuple[int, str]]:
    db.session.rollback()
    return [(wish.other_id, wish.level) for wish in db.session.query(Wish).order_by(Wish.id)]


def test_the_best_is_on_top_with_reasons_and_four_buttons(kittila: Kittila) -> None:
    page = kittila.client.get(STACK)

    assert page.heading == "Recommended for you"
    assert top(page) == "Aino Niskala"
    assert page.texts("//section[@id='stack']//li[starts-with(@class, 'reason')]")[0] == (
        "You need Dry tailings treatment; they offer it"
    )
    buttons = page.find("//form[@class='verdict']//button")
    assert [(b.get("value"), b.get("aria-keyshortcuts")) for b in buttons] == [
        ("must", "M"),
        ("want", "W"),
        ("skip", "S"),
        ("no", "N"),
    ]


@pytest.mark.parametrize("verdict", ["must", "want", "no"])
def test_a_verdict_is_a_wish_and_the_next_comes(kittila: Kittila, verdict: str) -> None:
    page = say(kittila, kittila.aino.id, verdict)

    assert said(kittila) == [(kittila.aino.id, verdict)]
    assert top(page) == "Marek Zieliński"
    status = page.texts("//*[@role='status']")[0]
    assert status.startswith(f"You said {verdict} of Aino Niskala.")
    assert status.endswith("Next: Marek Zieliński")


def test_skipping_says_nothing_to_anybody_and_stays_in_a_list_of_ones_own(kittila: Kittila) -> None:
    page = say(kittila, kittila.aino.id, "skip")

    assert said(kittila) == []
    assert top(page) == "Marek Zieliński"
    skipped = kittila.client.get(f"{PEOPLE}?wish=skipped")
    assert skipped.texts("//ul[@class='people']//h2") == ["Aino Niskala"]
    theirs = PageClient(kittila.client.app).sign_in(kittila.aino.user)
    assert "Skipped" not in theirs.get(PEOPLE).text


@pytest.mark.parametrize("verdict", ["must", "skip", "no"])
def test_undo_takes_back_and_brings_them_to_the_top(kittila: Kittila, verdict: str) -> None:
    say(kittila, kittila.marek.id, verdict)

    undone = kittila.client.submit(
        f"{PEOPLE}/{kittila.marek.id}/undo", on=f"{STACK}?last={kittila.marek.id}"
    )

    assert said(kittila) == []
    assert db.session.query(Mark).count() == 0
    assert top(kittila.client.get(undone.response.location)) == "Marek Zieliński"


def test_pressing_twice_is_once(kittila: Kittila) -> None:
    for verdict in ("skip", "skip", "want", "want"):
        say(kittila, kittila.aino.id, verdict)

    assert said(kittila) == [(kittila.aino.id, "want")]
    assert db.session.query(Mark).count() == 0


def test_at_the_end_it_says_what_to_do_next(kittila: Kittila) -> None:
    say(kittila, kittila.aino.id, "want")
    page = say(kittila, kittila.marek.id, "skip")

    assert top(page) == "That is everybody with a reason to meet you"
    assert page.texts("//div[@class='empty']//a") == ["See all people", "See whom you skipped"]


def test_the_value_is_explained_as_the_sum_of_its_reasons(kittila: Kittila) -> None:
    make_wish(kittila.aino, kittila.sara, "must")

    page = kittila.client.get(STACK)

    rows = page.find("//table[@class='explained-table']//tr")
    assert [(row.xpath("string(th)"), row.xpath("string(td)")) for row in rows] == [
        ("They want to meet you", "12"),
        ("You need Dry tailings treatment; they offer it", "10"),
        ("You both work on Raw materials", "3"),
        ("You come from different regions", "2"),
        ("Together", "27"),
    ]
    assert "Your own want would add 12, your must 30." in page.text


def test_it_says_when_enough_is_wished_for(kittila: Kittila) -> None:
    before = kittila.client.get(STACK).text
    kittila.sara.max_meetings = 1
    db.session.commit()

    page = say(kittila, kittila.aino.id, "want")

    assert "Your agenda holds 4 meetings." in before
    assert "That is enough: you may stop here." in page.text


def test_who_shares_no_language_or_no_free_time_is_said_before_it_is_wished(
    kittila: Kittila,
) -> None:
    kittila.aino.languages = ["fi"]
    db.session.commit()

    assert "You name no language in common." in kittila.client.get(STACK).text


def test_outside_the_time_for_wishes_nothing_can_be_pressed(kittila: Kittila) -> None:
    kittila.event.phase = Phase.SCHEDULING
    db.session.commit()

    page = kittila.client.get(STACK)

    assert page.find("//form[@class='verdict']") == []
    kittila.client.submit(
        f"{PEOPLE}/{kittila.aino.id}/verdict", on=PEOPLE, verdict="must", status=403
    )
    assert said(kittila) == []


@pytest.mark.parametrize("act", ["verdict", "undo", "bookmark"])
def test_nobody_acts_on_whom_they_may_not_see(kittila: Kittila, act: str) -> None:
    hidden = make_participant(kittila.event, "Hidden", listed=False)
    stranger = make_participant(make_event("kokkola"), "Stranger")

    for person in (hidden, stranger, kittila.sara):
        kittila.client.submit(
            f"{PEOPLE}/{person.id}/{act}", on=STACK, status=404, verdict="skip", keep="1"
        )

    assert db.session.query(Mark).count() == 0


def test_an_unknown_verdict_is_refused(kittila: Kittila) -> None:
    kittila.client.submit(
        f"{PEOPLE}/{kittila.aino.id}/verdict", on=STACK, verdict="perhaps", status=400
    )


def test_a_bookmark_is_kept_for_oneself_and_filters_the_list(kittila: Kittila) -> None:
    path = f"{PEOPLE}/{kittila.marek.id}/bookmark"

    back = kittila.client.submit(f"{path}?back={PEOPLE}%3Fsort%3Dname", on=PEOPLE, keep="1")

    assert back.response.location == f"{PEOPLE}?sort=name#person-{kittila.marek.id}"
    kept = kittila.client.get(f"{PEOPLE}?wish=bookmarked")
    assert kept.texts("//ul[@class='people']//h2") == ["Marek Zieliński"]
    theirs = PageClient(kittila.client.app).sign_in(kittila.marek.user).get(PEOPLE)
    assert theirs.find("//form[@class='bookmark']/button[@aria-pressed='true']") == []
    kittila.client.submit(path, on=PEOPLE, keep="")
    assert db.session.query(Mark).count() == 0


def test_a_no_of_the_other_side_changes_nothing_anywhere(kittila: Kittila) -> None:
    """Neither place, count, figure, filter nor search tells who said "no"."""
    make_item(kittila.marek, "offer", "Dry tailings treatment")
    paths = (
        STACK,
        f"{STACK}?first={kittila.marek.id}",
        f"{PEOPLE}?sort=name",
        f"{PEOPLE}?wish=undecided",
        f"{PEOPLE}?q=tailings",
        f"{PEOPLE}/offers-and-needs?fits=offer",
        f"{PEOPLE}/offers-and-needs?q=permitting",
        f"/e/kittila/organisations/{kittila.marek.organisation_id}",
    )
    seen = [kittila.client.get(path).text for path in paths]

    make_wish(kittila.marek, kittila.sara, "no")

    assert [kittila.client.get(path).text for path in paths] == seen
