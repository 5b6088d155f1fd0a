"""Solve and check one instance file: what the commands of the same names do."""

import json
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from matchmaker.solver.compact import Compacted, compact
from matchmaker.solver.given import GivenMeetings
from matchmaker.solver.instance_error import InstanceError
from matchmaker.solver.json_instance import NamedProblem
from matchmaker.solver.params import Params
from matchmaker.solver.pipeline import solve
from matchmaker.solver.problem import IntArray
from matchmaker.solver.progress import Run
from matchmaker.solver.schedule import count_breaks
from matchmaker.solver.seat import Kinds, seat_meetings
from matchmaker.solver.stop import Stop
from matchmaker.solver.verify import Violation, verify
from matchmaker.solver.verify_given import Row, breaks_of_people, verify_given


@dataclass(frozen=True, slots=True)
class Answer:
    """`document` is for the file, `summary` for the last line that is printed."""

    document: dict[str, Any]
    summary: dict[str, Any]

    @property
    def infeasible(self) -> bool:
        return bool(self.document["infeasible"])


def answer_given(given: GivenMeetings, *, stop: Stop, most_each: int | None) -> Answer:
    """Hold all given meetings with the fewest breaks."""
    began = time.perf_counter()
    found = compact(given, Run(stop), most_each=most_each)
    rows = [] if found.slots is None else _seated(given, found.slots)
    if rows and (broken := verify_given(given, rows, most_each=most_each)):
        raise AssertionError(f"The search broke a rule: {broken[0].text}.")
    proof = {
        "breaks": found.breaks,
        "breaks_bound": found.bound,
        "optimal": found.optimal,
        "infeasible": found.infeasible,
        "seconds": round(time.perf_counter() - began, 3),
    }
    meetings = [{"meeting": m + 1, "slot": t + 1, "point": k + 1} for m, t, k in rows]
    conflict = () if found.conflict is None else found.conflict.rules
    return Answer(
        {"meetings": meetings, **proof} | ({"conflict": conflict} if found.infeasible else {}),
        _given_summary(given, found, proof),
    )


def _seated(given: GivenMeetings, slots: IntArray) -> list[Row]:
    point_open = given.point_open
    alike = Kinds(np.zeros_like(slots), np.zeros(len(point_open), dtype=np.int64))
    points = seat_meetings(given.pairs, slots, point_open, {}, alike)
    return list(zip(range(len(slots)), slots.tolist(), points.tolist(), strict=True))


def _given_summary(given: GivenMeetings, found: Compacted, proof: dict[str, Any]) -> dict[str, Any]:
    """The value of given meetings is their number: they are held all or not at all."""
    total = 0 if found.infeasible else len(given.pairs)
    held = 0 if found.slots is None else len(given.pairs)
    gap = (total - held) / total if total else 0.0
    return {"value": held, "bound": total, "gap": gap, "meetings": held, **proof}


def no_schedule(rules: tuple[str, ...]) -> Answer:
    """That the rules contradict each other, so that nothing can be held."""
    summary = {
        "value": 0,
        "bound": 0,
        "gap": 0.0,
        "breaks": None,
        "breaks_bound": 0,
        "optimal": False,
        "meetings": 0,
        "infeasible": True,
        "seconds": 0.0,
    }
    return Answer({**summary, "meetings": [], "conflict": rules}, summary)


def answer_problem(named: NamedProblem, *, stop: Stop, seed: int) -> Answer:
    """Choose and schedule the pairs of most value."""
    problem = named.problem
    result = solve(problem, stop=stop, seed=seed, params=Params())
    if result.violations:
        raise AssertionError(f"The search broke a rule: {result.violations[0].text}.")
    summary = {
        "value": result.value,
        "bound": result.bound,
        "gap": result.gap,
        "breaks": result.breaks,
        "breaks_bound": result.breaks_bound,
        "optimal": result.value == result.bound,
        "meetings": len(result.schedule),
        "infeasible": False,
        "seconds": round(sum(result.seconds.values()), 3),
    }
    return Answer({**summary, "meetings": named.meetings(result.schedule)}, summary)


def check_given(
    given: GivenMeetings, document: dict[str, Any], *, most_each: int | None
) -> list[Violation]:
    """Every broken rule of a document for given meetings. Raises `InstanceError`."""
    rows = [
        (_number(m, "meeting") - 1, _number(m, "slot") - 1, _number(m, "point") - 1)
        for m in _meetings(document)
    ]
    broken = verify_given(given, rows, most_each=most_each)
    counted = None if broken else sum(breaks_of_people(given, rows))
    if counted is not None and counted != document.get("breaks"):
        text = f"the file says {document.get('breaks')} breaks; there are {counted}"
        broken.append(Violation("breaks", text))
    return broken


def check_problem(named: NamedProblem, document: dict[str, Any]) -> list[Violation]:
    """Every broken rule of a document for a problem. Raises `InstanceError`."""
    for meeting in _meetings(document):
        _number(meeting, "slot")
    schedule = named.schedule(_meetings(document))
    broken = verify(named.problem, schedule)
    counted = None if broken else int(count_breaks(named.problem, schedule).sum())
    if counted is not None and counted != document.get("breaks"):
        text = f"the file says {document.get('breaks')} breaks; there are {counted}"
        broken.append(Violation("breaks", text))
    return broken


def read_document(text: str) -> dict[str, Any]:
    """What `solve` has written. Raises `InstanceError`."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise InstanceError(f"it is not JSON: {error}") from error
    if not isinstance(document, dict):
        raise InstanceError("it does not hold a JSON object.")
    return document


def _meetings(document: dict[str, Any]) -> list[dict[str, Any]]:
    meetings = document.get("meetings")
    if not isinstance(meetings, list) or not all(isinstance(m, dict) for m in meetings):
        raise InstanceError("it holds no list of meetings.")
    return meetings


def _number(meeting: dict[str, Any], name: str) -> int:
    number = meeting.get(name)
    if not isinstance(number, int):
        raise InstanceError(f"a meeting has {number!r} for {name}; it needs a number.")
    return number
