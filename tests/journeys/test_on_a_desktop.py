"""A cluster manager with two small companies and the organiser, each at a desktop."""

from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

import icalendar

from tests.journeys.stage import Site, Stage
from tests.pages.organiser import OrganiserAtBrowser
from tests.pages.participant import ParticipantAtBrowser

MANAGER, OIVA = "manager@cluster.example", "oiva@vesi.example"
BOTH = ["Claire Vidal", "Marek Zieliński"]
WORDS = "Dry tailings treatment"


def test_a_cluster_manager_with_two_companies(site: Site) -> None:
    stage = Stage(site, "several", at_once=False, slots=7, points=3)
    desk = stage.visitor(1280)
    manager = stage.participant(desk)

    manager.registers("Satu Salmi", MANAGER, "Arctic Cluster", "Cluster", "cluster", WORDS)
    manager.adds_an_organisation(None)
    manager.takes_the_steps("Kierto Oy", "SME", "SME", WORDS)
    manager.adds_an_organisation("Oiva Kallio")
    manager.takes_the_steps("Vesi Oy", "SME", "SME", WORDS)
    organiser = OrganiserAtBrowser(stage.visitor(1280), stage.slug)
    organiser.signs_in(stage.organisers_link)
    organiser.approves_everybody()
    organiser.moves_to_the_next_phase()
    for organisation in ("Arctic Cluster", "Kierto Oy", "Vesi Oy"):
        manager.acts_for(organisation)
        wish_for_both(manager)
    the_organiser_publishes(organiser)

    manager.acts_for("Arctic Cluster")
    manager.opens_the_agenda()
    meetings = entries(desk.download("Download .ics"))
    assert sorted(one.who for one in meetings) == sorted(BOTH + BOTH)
    assert all(one.end <= other.start for one, other in pairwise(meetings))
    vesi_changes_hands(stage, manager)
    for visitor in (desk, organiser.visitor):
        visitor.leave()


def wish_for_both(person: ParticipantAtBrowser) -> None:
    person.opens_people()
    person.wishes("Marek Zieliński", "Must")
    person.wishes("Claire Vidal", "Must")


def the_organiser_publishes(organiser: OrganiserAtBrowser) -> None:
    organiser.looks_at("", "settings", "mail")
    organiser.makes_the_agenda()
    assert organiser.visitor.heading == "6 meetings, proven best"
    organiser.publishes()
    organiser.looks_at("", "scheduling", "runs/1", "runs/1/review", "mail")


def vesi_changes_hands(stage: Stage, manager: ParticipantAtBrowser) -> None:
    manager.hands_over("Vesi Oy", OIVA)
    phone = stage.visitor(360)
    oiva = stage.participant(phone)
    oiva.opens_the_mailed_link(OIVA)
    phone.press("Take over")
    oiva.opens_the_agenda()

    assert sorted(one.who for one in entries(phone.download("Download .ics"))) == BOTH
    manager.visitor.open(f"/e/{stage.slug}/acting")
    assert "Vesi Oy" not in manager.visitor.text
    phone.leave()


class Entry(NamedTuple):
    start: datetime
    end: datetime
    who: str


def entries(calendar: bytes) -> list[Entry]:
    """What stands in a calendar, in order of time."""
    return sorted(
        Entry(
            each["DTSTART"].dt,
            each["DTEND"].dt,
            str(each["SUMMARY"]).removeprefix("Meeting with ").partition(",")[0],
        )
        for each in icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    )
