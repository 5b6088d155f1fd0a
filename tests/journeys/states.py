"""States of organisers' pages that no address alone shows: previews, conflicts, pairs, codes."""

from datetime import date
from typing import Any

from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.accounts.models_two_factor import Passkey
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.events.roles import Role
from matchmaker.events.services_team import invite
from matchmaker.extensions import db
from matchmaker.insights.conditions import Condition
from matchmaker.matching.models_capacity import CapacityStudy
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.services_cluster import save_profile
from matchmaker.registration.models import Participant
from matchmaker.setup.editing import PARTS, WHOLE
from tests.accounts.apps import with_app
from tests.factories.events import make_participant, make_user

ORGANISE = "/e/kittila/organise"
SETUP = f"{ORGANISE}/setup"
BLOCK = {"day": "2027-04-28", "start": "13:00", "minutes": "20", "pause": "0", "seen": "0"}
Sent = tuple[str, dict[str, Any]]
SAARA = "saara@niskala.example"
ACTED = ("registration", "register/you", "register/availability", "people", "requests", "agenda")
LINK = "https://cluster.example/a-rather-long-address-of-the-strategy-and-action-plan.pdf"
STUDIED = {"people": 150, "wishes": 6, "slots": 12, "tables": 30, "most_each": 10, "seed": 1}


def make_states(event: Event, empty: Event, olli: User, name: str) -> None:
    """Somebody twice, a team of two with who is invited, a passkey, studies begun and done."""
    twin = make_participant(event, f"Kerttu {name}")
    make_participant(event, f"Kerttu {name}", organisation=twin.organisation)
    saara = make_user(f"Saara {name}", email=SAARA)
    db.session.add(EventOrganiser(event_id=event.id, user_id=saara.id, role=Role.ORGANISER))
    db.session.add(Passkey(user_id=saara.id, credential="x", public_key=b"x", name=name))
    invite(event, olli, "somebody@niskala.example", Role.VIEWER)
    trials = [
        {"tables": tables, "shares": [0.5, 0.6, 0.7], "meetings_each": 4.5} for tables in (10, 30)
    ]
    db.session.add(CapacityStudy(event_id=event.id, state="running", asked=STUDIED, done=40))
    db.session.add(
        CapacityStudy(event_id=empty.id, state="done", asked=STUDIED, trials=trials, done=100)
    )
    with_app(saara)
    _fill_clusters(olli, name)


def _fill_clusters(olli: User, name: str) -> None:
    """Their own and somebody else's."""
    said = {"director": name, "members": {"SME": 12}, "services": name, "strategy_link": LINK}
    label = {"label": "gold", "label_by": name, "label_until": date(2026, 12, 31)}
    criteria = {
        "director": {"met": True, "evidence": LINK},
        "needs": {"met": False, "evidence": name},
    }
    for organisation in db.session.scalars(select(Organisation).order_by(Organisation.id).limit(2)):
        organisation.kind = "cluster"
        save_profile(organisation, olli, 0, {**said, **label, "criteria": criteria})


def pages_of_the_setup(event: Event) -> list[str]:
    """Each part, what is new of it, one of it, and taking that one out."""
    paths = []
    for name, part in PARTS.items():
        entries = [f"{SETUP}/{name}/{entry.id}" for entry in part.entries(event)]
        paths += [f"{own}/remove" for own in entries]
        if name != "points":
            paths += [f"{SETUP}/{name}", *entries]
        if name not in (*WHOLE, "points"):
            paths.append(f"{SETUP}/{name}/new")
    return paths


def further_pages(event: Event) -> list[str]:
    twins = db.session.scalars(select(Participant.id).where(Participant.name.like("Kerttu%")))
    a, b = twins
    return [
        *pages_of_the_setup(event),
        f"{SETUP}/undo",
        *(f"{ORGANISE}/health/{condition}" for condition in Condition),
        *(f"{ORGANISE}/people/{one}/merge/{other}" for one, other in ((a, b), (1, 2))),
        *(f"{ORGANISE}/people/{one}/merge/{other}/confirm" for one, other in ((a, b), (1, 2))),
        *(f"{ORGANISE}/log?q={word}" for word in ("qwerty", "Table")),
        f"{ORGANISE}/log?action=disruption&day=2027-04-28",
        f"{ORGANISE}/runs/compare?a=1&b=2",
        "/e/kittila/organisations/1/cluster-profile",
        "/e/kittila/agenda/free/3",
    ]


def changes_shown(event: Event) -> list[Sent]:
    """Changes of the set-up that touch somebody, that are wrong, and that came too late."""
    block, kind = event.blocks[0].id, event.types[-1].id
    return [
        (f"{SETUP}/times/{block}", {**BLOCK, "end": "13:20"}),
        (f"{SETUP}/times/{block}", {**BLOCK, "end": "12:00"}),
        (f"{SETUP}/times/{block}", {**BLOCK, "end": "13:20", "seen": "7"}),
        (f"{SETUP}/types/{kind}", {"name": "Donaudampfschifffahrtsgesellschaft", "seen": "0"}),
        (f"{SETUP}/types/{kind}", {"name": "", "seen": "0"}),
        (f"{SETUP}/types/{kind}", {"name": "Firm", "seen": "7"}),
        (f"{SETUP}/types/new", {"name": "", "seen": "0"}),
        (f"{SETUP}/topics/new", {"name": "", "seen": "0"}),
        (f"{SETUP}/sessions/new", {"title": "", "seen": "0"}),
        (f"{SETUP}/matrix", {"seen": "0"}),
        (f"{SETUP}/matrix", {"seen": "7"}),
        (f"{SETUP}/zone", {"timezone": "Europe/Berlin", "keep": "clock", "seen": "0"}),
        (f"{SETUP}/zone", {"timezone": "Europe/Berlin", "keep": "clock", "seen": "7"}),
    ]
