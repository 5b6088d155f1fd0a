"""Adding and changing meeting points: tables, booths kept for somebody, video rooms with a link."""

from dataclasses import asdict

from flask_babel import gettext as _
from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Meeting
from matchmaker.agenda.notices import tell_anew
from matchmaker.audit.services import record
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event, MeetingPoint
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_points import Booth, VideoRoom
from matchmaker.registration.queries_points import ROOM
from matchmaker.setup.plan import HELD_THERE
from matchmaker.setup.queries_points import PointSaid, said_of
from matchmaker.setup.services import ChangedMeanwhile, places_of
from matchmaker.setup.touched_points import plan_of_link, plan_of_point

MOST_POINTS = 500


def add_points(event: Event, user: User, kind: str, number: int, link: str = "") -> list[str]:
    """Add so many of a kind at the end, named by counting on; say their names."""
    hold_agenda(event)
    db.session.expire(event, ["points"])
    if len(event.points) + number > MOST_POINTS:
        sentence = _("An event has at most %(most)d meeting points. Add fewer.", most=MOST_POINTS)
        raise Invalid(sentence, field="number")
    if kind == "video" and link and number > 1 and ROOM not in link:
        raise _one_link_for_many()
    names = _free_names(event, kind, number)
    last = max((point.position for point in event.points), default=0)
    for place, name in enumerate(names, start=last + 1):
        point = MeetingPoint(event_id=event.id, name=name, kind=kind, position=place)
        db.session.add(point)
        db.session.flush()
        if kind == "video" and link:
            db.session.add(VideoRoom(point_id=point.id, link=link))
    db.session.expire(event, ["points"])
    _note(event, user, "meeting points added", names[0], kind=kind, number=number, link=link)
    return names


def change_point(
    event: Event,
    user: User,
    point: MeetingPoint,
    said: PointSaid,
    *,
    fingerprint: str | None = None,
    note: str = "",
) -> bool:
    """Name it, say of what kind it is and whose, or where. False where nothing differs.

    Those who meet there are told of another name or link, with the note. `fingerprint` is that of
    what was shown beforehand; `None` where nobody looks.

    Raises:
        ChangedMeanwhile: it touches somebody, and something else was shown or nothing yet.
        Conflict: another point has the name, the person another booth, or meetings stand in the way
            of another kind.
    """
    hold_agenda(event)
    before = said_of(point)
    if said == before:
        return False
    if said.kind != before.kind and _has_meetings(point):
        raise Conflict(
            _(
                "Published meetings are held here, so it stays what it is. Move them on the grid"
                " first, or add another meeting point."
            )
        )
    plan = plan_of_point(event, point, said)
    if plan.touched and fingerprint not in (None, plan.fingerprint):
        raise ChangedMeanwhile(plan)
    places = places_of(event, plan.ids(HELD_THERE)) if said.name != before.name else {}
    try:
        with db.session.begin_nested():
            point.name, point.kind = said.name, said.kind
            _keep_for(event, point, said.kept_for if said.kind == "booth" else "")
            _lead_to(point, said.link if said.kind == "video" else "")
    except IntegrityError as error:
        raise Conflict(
            _("Another meeting point has this name, or this person has a booth already.")
        ) from error
    tell_anew(event, plan.ids(HELD_THERE), before=places, note=note)
    after = said_of(point)
    differs = {k: [v, asdict(after)[k]] for k, v in asdict(before).items() if v != asdict(after)[k]}
    _note(event, user, "meeting point changed", before.name, **differs)
    return True


def link_rooms(
    event: Event, user: User, link: str, *, fingerprint: str | None = None, note: str = ""
) -> int:
    """Give every video room this link, which has to name a room of its own for each meeting.

    Raises:
        ChangedMeanwhile: it touches somebody or replaces a link, and something else was shown or
            nothing yet.
    """
    hold_agenda(event)
    rooms = [point for point in event.points if point.kind == "video"]
    if len(rooms) > 1 and ROOM not in link:
        raise _one_link_for_many()
    changed = [point for point in rooms if said_of(point).link != link]
    if not changed:
        return len(rooms)
    plan = plan_of_link(event, changed, link)
    replaced, _link = plan.said["link"]
    if (plan.touched or replaced) and fingerprint not in (None, plan.fingerprint):
        raise ChangedMeanwhile(plan)
    for point in changed:
        _lead_to(point, link)
    tell_anew(event, plan.ids(HELD_THERE), note=note)
    _note(event, user, "meeting point changed", plan.subject, **plan.said)
    return len(rooms)


def _keep_for(event: Event, point: MeetingPoint, ref: str) -> None:
    booth = db.session.get(Booth, point.id)
    if booth is not None:
        db.session.delete(booth)
        db.session.flush()
    if ref:
        own = select(Participant.id).where(
            Participant.event_id == event.id,
            Participant.ref == ref,
            Participant.status == Status.APPROVED,
        )
        participant_id = db.session.scalar(own)
        if participant_id is None:
            raise Invalid(_("Nobody of this name takes part. Choose from the list."), field="whose")
        _give_up_removed(participant_id)
        db.session.add(Booth(point_id=point.id, participant_id=participant_id))
    db.session.flush()


def _give_up_removed(participant_id: int) -> None:
    """A booth that was taken out of the event is nobody's when its owner gets another."""
    removed = select(MeetingPoint.id).where(MeetingPoint.event_id.is_(None))
    db.session.execute(
        delete(Booth).where(Booth.participant_id == participant_id, Booth.point_id.in_(removed))
    )


def _lead_to(point: MeetingPoint, link: str) -> None:
    """Another link keeps the key: the names of rooms stay."""
    room = db.session.get(VideoRoom, point.id)
    if room is not None and not link:
        db.session.delete(room)
    elif room is not None:
        room.link = link
    elif link:
        db.session.add(VideoRoom(point_id=point.id, link=link))
    db.session.flush()


def _has_meetings(point: MeetingPoint) -> bool:
    held = select(func.count()).where(Meeting.point_id == point.id, Meeting.state == "confirmed")
    return bool(db.session.scalar(held))


def _free_names(event: Event, kind: str, number: int) -> list[str]:
    taken = {point.name for point in event.points}
    names: list[str] = []
    count = sum(point.kind == kind for point in event.points)
    while len(names) < number:
        count += 1
        name = _numbered(kind, count)
        if name not in taken:
            names.append(name)
    return names


def _numbered(kind: str, number: int) -> str:
    if kind == "video":
        return str(_("Video room %(number)d", number=number))
    if kind == "booth":
        return str(_("Booth %(number)d", number=number))
    return str(_("Table %(number)d", number=number))


def _one_link_for_many() -> Invalid:
    sentence = _(
        "With one link for several rooms all would meet in one. Write %(room)s where each meeting"
        " gets a name of its own, as https://meet.example/%(room)s.",
        room=ROOM,
    )
    return Invalid(sentence, field="link")


def _note(event: Event, user: User, action: str, subject: str, **details: object) -> None:
    record(action, event_id=event.id, actor_id=user.id, subject=subject, **details)


def people_named(event: Event, typed: str, most: int = 8) -> list[Participant]:
    """Who takes part and has what was typed in their name, by name."""
    like = f"%{typed.replace('%', '').replace('_', '')}%"
    found = (
        select(Participant)
        .where(
            Participant.event_id == event.id,
            Participant.status == Status.APPROVED,
            or_(Participant.name.ilike(like), Participant.ref == typed),
        )
        .order_by(Participant.name, Participant.id)
        .limit(most)
    )
    return list(db.session.scalars(found))
