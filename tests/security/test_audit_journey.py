"""Mailings, changes of a published agenda and repairs are in the audit log, one after another."""

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.extensions import db
from matchmaker.mailings.models import Delivery, DeliveryState, Mailing, MailingState
from matchmaker.messages.models import MOST_ATTEMPTS
from matchmaker.messages.services import queue_mail
from tests.factories.events import make_event, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import Page, PageClient

ORGANISE = "/e/kittila/organise"
SETTINGS = f"{ORGANISE}/settings"
Step = tuple[str, str, dict[str, str], str]

# Each is sent where the one before left the event.
AGENDA: tuple[Step, ...] = (
    ("agenda.publish", "/runs/1/publish", {}, "agenda published"),
    ("grid.keep", "/grid/lock", {"pick": "1-2", "locked": "1"}, "meeting locked"),
    ("grid.move", "/grid/put", {"pick": "1-2", "to": "2-1", "revision": "0"}, "draft changed"),
    ("grid.step_back", "/grid/undo", {"revision": "1"}, "draft undone"),
    ("grid.call_off", "/grid/cancel", {"pick": "1-2", "revision": "2"}, "draft changed"),
    ("grid.publish", "/grid/publish", {"in_force": "1"}, "agenda published"),
    ("versions.go_back", "/agenda/1/back", {"in_force": "2"}, "agenda published"),
    ("versions.take_back", "/agenda/unpublish", {"in_force": "3"}, "agenda published"),
    ("repair.happened", "/repair", {"kind": "gone", "person": "2"}, "disruption told"),
    ("repair.undo", "/repair/told/1/take-back", {}, "disruption taken back"),
    ("runs.note", "/runs/2/note", {"note": "Too few tables"}, "run noted"),
    ("runs.delete", "/runs/2/delete", {}, "run deleted"),
    ("repair.start", "/repair/runs", {}, "run requested"),
)
EDITED = {"subject_en": "Welcome to Levi", "condition": "", "statuses": "approved"}
MAILING: tuple[Step, ...] = (
    ("mailings.start", "", {"occasion": "practical"}, "mailing written"),
    ("mailings.edit", "/1/edit", EDITED, "mailing changed"),
    ("mailings.test", "/1/test", {}, "mailing tried"),
    ("mailings.send", "/1/send", {}, "mailing scheduled"),
    ("mailings.change", "/1/back", {}, "mailing taken back"),
    ("mailings.remove", "/1/remove", {}, "mailing removed"),
)
OTHERS: tuple[Step, ...] = (
    ("privacy.erasing", "/erasing", {"erase_on": "2099-01-01"}, "day of erasing set"),
    ("capacity.ask", "/capacity", {}, "capacity asked"),
    ("roster.do", "/people/bulk", {"act": "tag", "tag": "VIP", "id": "1"}, "participant tagged"),
    ("roster.keep_view", "/people/views", {"name": "Mine"}, "view saved"),
    ("roster.drop_view", "/people/views/1/remove", {}, "view removed"),
)
TRIED = {step[0] for step in (*AGENDA, *MAILING, *OTHERS)}


@pytest.fixture
def organiser(context: object) -> User:
    """Organises an event with two people who meet, and two runs that have ended."""
    user = make_user("Olli Organiser", creates_events=True)
    event = make_event(organiser=user)
    aino, marek = make_participant(event, "Aino"), make_participant(event, "Marek")
    make_run(event, (aino, marek, 0, 0))
    make_run(event, (aino, marek, 1, 0))
    return user


@pytest.mark.parametrize(
    ("under", "steps"),
    [("", AGENDA), ("/mailings", MAILING), ("", OTHERS)],
    ids=["agenda", "mailing", "others"],
)
def test_each_step_is_logged_under_its_author(
    client: PageClient, organiser: User, under: str, steps: tuple[Step, ...]
) -> None:
    client.sign_in(organiser)

    logged = [sent(client, f"{ORGANISE}{under}{path}", form) for _name, path, form, _ in steps]

    assert logged == [[(action, organiser.id)] for *_, action in steps]


def test_stopping_a_mailing_and_sending_again_are_logged(
    client: PageClient, organiser: User
) -> None:
    client.sign_in(organiser)
    sent(client, f"{ORGANISE}/mailings", {"occasion": "practical"})
    db.session.scalars(select(Mailing)).one().state = MailingState.DONE
    mail = queue_mail(user=None, address="marek@x.example", subject="Levi", text="Levi")
    mail.attempts = MOST_ATTEMPTS
    db.session.flush()
    db.session.add(
        Delivery(mailing_id=1, participant_id=2, mail_id=mail.id, state=DeliveryState.HANDED)
    )
    db.session.commit()

    again = sent(client, f"{ORGANISE}/mailings/1/again", {})
    stopped = sent(client, f"{ORGANISE}/mailings/1/stop", {})

    assert again == [("mailing sent again", organiser.id)]
    assert stopped == [("mailing stopped", organiser.id)]


def sent(client: PageClient, path: str, changed: dict[str, str]) -> list[tuple[str, int | None]]:
    """What the log says more after the form was sent."""
    before = len(log())
    form = filled(client, path) | {"number": "1"} | changed
    response = client.http.post(path, data=form | {"csrf_token": client.token(SETTINGS)})
    assert response.status_code == 302, path
    return log()[before:]


def log() -> list[tuple[str, int | None]]:
    db.session.rollback()
    entries = select(AuditEntry.action, AuditEntry.actor_id).order_by(AuditEntry.id)
    return [(action, actor) for action, actor in db.session.execute(entries)]


def filled(client: PageClient, path: str) -> dict[str, str]:
    """What the page of that address, where it has one, fills in."""
    fields = Page(client.http.get(path)).find(
        f"//main//form[@method='post' and (not(@action) or @action='{path}')]//*[@name]"
    )
    return {
        field.get("name"): field.get("value") or field.text or ""
        for field in fields
        if field.tag in ("input", "textarea") and field.get("type") not in ("radio", "checkbox")
    }
