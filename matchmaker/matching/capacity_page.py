"""What a study of capacity found, in a sentence, as a chart and as a table."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from matchmaker.events.models import Event, MeetingPoint, Slot
from matchmaker.extensions import db
from matchmaker.formatting import number, percent
from matchmaker.matching.models_capacity import CapacityStudy
from matchmaker.registration.models import Participant, Status
from matchmaker.wishes.models import Wish

USUAL_PEOPLE = 150
USUAL_WISHES = 6
USUAL_SLOTS = 12
USUAL_TABLES = 20
ENOUGH = 0.95
LEVEL = 0.01  # a share this much below the highest counts as reached


@dataclass(frozen=True, slots=True)
class Tried:
    """One number of tables; `least` and `most` are the shares of the worst and the best draw."""

    tables: int
    share: float
    least: float
    most: float
    meetings_each: float
    asked: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the chart, in a box of 100 by 50, with its spread."""

    x: float
    y: float
    low: float
    high: float
    asked: bool


@dataclass(frozen=True, slots=True)
class CapacityPage:
    study: CapacityStudy
    sentences: list[str]
    rows: list[Tried]
    spots: list[Spot]

    @property
    def line(self) -> str:
        return " ".join(f"{spot.x:.1f},{spot.y:.1f}" for spot in self.spots)


def capacity_page(study: CapacityStudy) -> CapacityPage:
    asked = study.asked["tables"]
    rows = [
        Tried(
            tables=trial["tables"],
            share=sum(trial["shares"]) / len(trial["shares"]),
            least=min(trial["shares"]),
            most=max(trial["shares"]),
            meetings_each=trial["meetings_each"],
            asked=trial["tables"] == asked,
        )
        for trial in study.trials or []
    ]
    rows.sort(key=lambda row: row.tables)
    sentences = _sentences(study, rows) if study.state == "done" else []
    return CapacityPage(study, sentences, rows, _spots(rows))


def _sentences(study: CapacityStudy, rows: list[Tried]) -> list[str]:
    mine = next(row for row in rows if row.asked)
    asked = {"people": number(study.asked["people"]), "wishes": study.asked["wishes"]}
    left = {"tables": mine.tables, "missed": percent(1 - mine.share)}
    needed = next((row.tables for row in rows if row.share >= ENOUGH), None)
    if needed is None:
        top = max(row.share for row in rows)
        level = next(row.tables for row in rows if row.share >= top - LEVEL)
        return [
            _(
                "%(people)s people × %(wishes)s wishes: with %(tables)s tables, about %(missed)s "
                "of wishes will not fit.",
                **asked,
                **left,
            ),
            _(
                "No number of tables makes %(enough)s fit: from %(level)s tables on it stays at "
                "about %(top)s. Slots, absences and the most meetings for each person set the "
                "limit.",
                enough=percent(ENOUGH),
                level=level,
                top=percent(top),
            ),
        ]
    return [
        _(
            "%(people)s people × %(wishes)s wishes need %(needed)s tables; with %(tables)s, about "
            "%(missed)s of wishes will not fit.",
            needed=needed,
            **asked,
            **left,
        ),
        _("Needed means that %(enough)s of the wishes fit.", enough=percent(ENOUGH)),
    ]


def _spots(rows: list[Tried]) -> list[Spot]:
    if not rows:
        return []
    first, last = rows[0].tables, rows[-1].tables
    width = max(1, last - first)
    return [
        Spot(
            x=4 + 92 * (row.tables - first) / width,
            y=_height(row.share),
            low=_height(row.least),
            high=_height(row.most),
            asked=row.asked,
        )
        for row in rows
    ]


def _height(share: float) -> float:
    return 48 - 46 * share


def usual_question(event: Event) -> dict[str, int]:
    """What the form begins with: the event's own numbers where it has them."""
    people = _count(
        select(Participant.id).where(
            Participant.event_id == event.id, Participant.status == Status.APPROVED
        )
    )
    wishes = select(Wish.person_id).where(Wish.event_id == event.id, Wish.level != "no")
    made, makers = _count(wishes), _count(wishes.distinct())
    return {
        "people": max(people, 2) if people >= 10 else event.places or USUAL_PEOPLE,
        "wishes": max(1, round(made / makers)) if makers else USUAL_WISHES,
        "slots": _count(select(Slot.id).where(Slot.event_id == event.id)) or USUAL_SLOTS,
        "tables": _count(select(MeetingPoint.id).where(MeetingPoint.event_id == event.id))
        or USUAL_TABLES,
        "most_each": event.max_meetings,
        "seed": 0,
    }


def _count(query: Select[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def latest_study(event: Event) -> CapacityStudy | None:
    return db.session.scalar(
        select(CapacityStudy)
        .where(CapacityStudy.event_id == event.id)
        .order_by(CapacityStudy.id.desc())
        .limit(1)
    )


def own_study(event: Event, study_id: int) -> CapacityStudy | None:
    return db.session.scalar(
        select(CapacityStudy).where(
            CapacityStudy.event_id == event.id, CapacityStudy.id == study_id
        )
    )
