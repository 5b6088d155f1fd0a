"""A two-sided event, visitors and hosts with a room each, for us and for a package made for it."""

import csv
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from matchmaker.solver import Problem

VISITORS, HOSTS, SLOTS, WISHES = 120, 40, 12, 8


def two_sided(seed: int) -> Problem:
    """120 visitors, each with eight wishes among 40 hosts who sit at their own point; 12 slots."""
    random = np.random.default_rng(seed)
    fame = 1 / np.arange(1, HOSTS + 1) ** 0.5
    worth = {
        (visitor, VISITORS + host): int(random.integers(5, 30))
        for visitor in range(VISITORS)
        for host in random.choice(HOSTS, WISHES, replace=False, p=fame / fame.sum()).tolist()
    }
    pairs = np.array(sorted(worth))
    people = VISITORS + HOSTS
    return Problem(
        available=random.random((people, SLOTS)) < 0.85,
        point_open=np.ones((HOSTS, SLOTS), dtype=bool),
        pairs=pairs,
        values=np.array([worth[pair] for pair in map(tuple, pairs.tolist())]),
        max_meetings=np.full(people, SLOTS),
        point_kind=np.arange(HOSTS),
        pair_kind=pairs[:, 1] - VISITORS,
    )


def grad_visit(problem: Problem, _seconds: float) -> np.ndarray:
    """grad-visitor-scheduler with HiGHS, told our values; it takes no limit of time."""
    from grad_visit_scheduler import Scheduler, Solver

    hosts = [f"H{host}" for host in range(HOSTS)]
    times = [
        f"{8 + t // 2}:{30 * (t % 2):02d}-{8 + t // 2}:{30 * (t % 2) + 25:02d}"
        for t in range(SLOTS)
    ]
    with tempfile.TemporaryDirectory() as folder:
        scheduler = Scheduler(
            {"Hall": times},
            str(_preferences(Path(folder))),
            solver=Solver.HIGHS,
            movement={"policy": "none", "phase_slot": {"Hall": 1}},
            faculty_catalog={name: _host(problem, number) for number, name in enumerate(hosts)},
        )
    _tell_values(problem, scheduler, hosts)
    found = scheduler.schedule_visitors(max_visitors=SLOTS, max_group=1)
    slots = np.full(len(problem.pairs), -1)
    for number, (visitor, host) in enumerate(problem.pairs.tolist()):
        for slot in range(SLOTS):
            if found.meeting_assigned(f"V{visitor}", hosts[host - VISITORS], slot + 1):
                slots[number] = slot
    return slots


def _preferences(folder: Path) -> Path:
    file = folder / "visitors.csv"
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["Name", *(f"Prof{i}" for i in range(1, 6)), "Area1", "Area2"])
        rows.writerows([f"V{visitor}", *[""] * 5, "", ""] for visitor in range(VISITORS))
    return file


def _host(problem: Problem, number: int) -> dict[str, Any]:
    return {"building": "Hall", "room": str(number), "areas": [], "status": "active"}


def _tell_values(problem: Problem, scheduler: Any, hosts: list[str]) -> None:
    """What nobody wished for is worth nothing, and absences are forbidden meetings."""
    worth = {(a, b): v for (a, b), v in zip(problem.pairs.tolist(), problem.values, strict=True)}
    for visitor in range(VISITORS):
        for host, name in enumerate(hosts):
            value = worth.get((visitor, VISITORS + host), 0)
            scheduler.student_preferences[f"V{visitor}", name] = float(value)
            free = problem.available[visitor] & problem.available[VISITORS + host]
            for slot in np.flatnonzero(~free).tolist():
                scheduler.forbid_meeting(f"V{visitor}", name, slot + 1)
