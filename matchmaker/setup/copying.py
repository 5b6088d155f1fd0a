"""What a new event takes over from an earlier one: everything but its people and its place."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from matchmaker.events.models import Event, ParticipantType, TypePermission
from matchmaker.events.models_look import EventLogo
from matchmaker.events.parts import NewBlock, NewPermission, NewPoint, NewTopic
from matchmaker.extensions import db
from matchmaker.programme.queries import sessions_of
from matchmaker.questions.models import Question
from matchmaker.questions.queries import questions_of
from matchmaker.questions.services import NewQuestion
from matchmaker.registration.queries_points import room_links
from matchmaker.setup.outlines import NewSession, Outline, moment

TAKEN_OVER = (
    *("tagline", "description", "practical", "colours", "logo", "approval", "consent"),
    *("max_meetings", "most_in_a_row", "weights", "most_pending", "request_days", "placement"),
    "change_hours",
    *("places", "two_factor_required"),
)
# What names the earlier event or where it was stays behind, in every language.
OF_ITS_OWN = ("name", "place", "venue")


def outline_of_event(
    event: Event, first: date, zone: ZoneInfo, *, programme: bool, questions: bool
) -> Outline:
    """Times stay the same by the clock, as many days after the first as they were."""

    def shifted(at: datetime) -> datetime:
        local = at.astimezone(event.zone)
        return moment(first, (local.date() - event.starts_on).days, local.time(), zone)

    return Outline(
        days=(event.ends_on - event.starts_on).days + 1,
        types=[kind.name for kind in event.types],
        permissions=_permissions(event),
        topics=_topics(event),
        blocks=[
            NewBlock(shifted(b.starts_at), shifted(b.ends_at), b.slot_minutes, b.pause_minutes)
            for b in event.blocks
        ],
        points=[NewPoint(point.name, point.kind) for point in event.points],
        sessions=[
            NewSession(
                *(s.title, shifted(s.starts_at), shifted(s.ends_at), s.room, s.speaker),
                *(s.abstract, s.travel_minutes),
            )
            for s in (sessions_of(event) if programme else [])
        ],
        questions=[_question(each) for each in (questions_of(event) if questions else [])],
        links=room_links(event),
        places={kind.name: kind.places for kind in event.types if kind.places is not None},
        settings=_settings(event),
        logo=_logo(event),
    )


def _permissions(event: Event) -> list[NewPermission]:
    names = {kind.id: kind.name for kind in event.types}
    rows = db.session.scalars(
        select(TypePermission)
        .join(ParticipantType, ParticipantType.id == TypePermission.type_id)
        .where(ParticipantType.event_id == event.id)
    )
    return [
        NewPermission(names[r.type_id], names[r.other_id], r.preferred, r.asks, r.sees)
        for r in rows
        if r.other_id in names
    ]


def _topics(event: Event) -> list[NewTopic]:
    keys = {topic.id: topic.key for topic in event.topics}
    return [NewTopic(t.key, t.name, keys.get(t.parent_id or 0)) for t in event.topics]


def _question(question: Question) -> NewQuestion:
    wording = question.wording
    return NewQuestion(
        kind=question.kind,
        label=wording.label,
        help=wording.help,
        options=[option["label"] for option in wording.options],  # type: ignore[misc]
        required=question.required,
        audience=question.audience,
        types=[kind.name for kind in question.types],
    )


def _settings(event: Event) -> dict[str, Any]:
    texts = {
        language: {name: text for name, text in said.items() if name not in OF_ITS_OWN}
        for language, said in event.texts.items()
    }
    return {name: getattr(event, name) for name in TAKEN_OVER} | {"texts": texts}


def _logo(event: Event) -> tuple[bytes, bytes] | None:
    logo = db.session.get(EventLogo, event.id)
    return None if logo is None else (logo.large, logo.small)
