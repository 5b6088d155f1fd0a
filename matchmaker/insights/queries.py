"""The organiser's figures: who is here, who has said what, and whether it fits."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from matchmaker.events.models import Event, MeetingPoint, ParticipantType, Slot
from matchmaker.extensions import db
from matchmaker.insights.wished_pairs import wished
from matchmaker.marketplace.models import Item
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.queries import count_by_status
from matchmaker.wishes.models import Request, RequestState, Wish

WISHES = ("must", "want")


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of an event; people are the approved ones unless a name says otherwise."""

    people: int
    waiting_for_approval: int
    registering: int
    by_type: list[tuple[str, int]]
    without_items: int
    without_wishes: int
    wishes: int
    mutual_wishes: int
    wished_pairs: int
    requests_waiting: int
    slots: int
    points: int

    @property
    def places(self) -> int:
        """How many meetings fit at all."""
        return self.slots * self.points

    @property
    def most_by_people(self) -> int:
        """How many meetings the people could hold if nobody ever sat idle."""
        return self.people // 2 * self.slots

    @property
    def room_for(self) -> int:
        return min(self.places, self.most_by_people)

    @property
    def share_that_fits(self) -> float:
        """At most this share of the wished-for pairs can meet."""
        return min(1.0, self.room_for / self.wished_pairs) if self.wished_pairs else 1.0


def overview_of(event: Event) -> Overview:
    """All the figures, in a fixed number of queries."""
    by_status = count_by_status(event)
    said = wished(event)
    return Overview(
        people=by_status.get(Status.APPROVED, 0),
        waiting_for_approval=by_status.get(Status.PENDING, 0),
        registering=by_status.get(Status.REGISTERING, 0),
        by_type=_people_by_type(event),
        without_items=_approved_without(event, select(Item.participant_id)),
        without_wishes=_approved_without(
            event, select(Wish.person_id).where(Wish.level.in_(WISHES))
        ),
        wishes=said.wishes,
        mutual_wishes=said.mutual,
        wished_pairs=said.pairs,
        requests_waiting=_count(
            select(Request.id).where(
                Request.event_id == event.id, Request.state == RequestState.PENDING
            )
        ),
        slots=_count(select(Slot.id).where(Slot.event_id == event.id)),
        points=_count(select(MeetingPoint.id).where(MeetingPoint.event_id == event.id)),
    )


def _people_by_type(event: Event) -> list[tuple[str, int]]:
    rows = db.session.execute(
        select(ParticipantType.name, func.count(Participant.id))
        .outerjoin(
            Participant,
            (Participant.type_id == ParticipantType.id) & (Participant.status == Status.APPROVED),
        )
        .where(ParticipantType.event_id == event.id)
        .group_by(ParticipantType.id, ParticipantType.name, ParticipantType.position)
        .order_by(ParticipantType.position)
    )
    return [(name, count) for name, count in rows]


def _approved_without(event: Event, having: Select[int]) -> int:
    return _count(
        select(Participant.id).where(
            Participant.event_id == event.id,
            Participant.status == Status.APPROVED,
            Participant.id.not_in(having),
        )
    )


def _count(query: Select[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
