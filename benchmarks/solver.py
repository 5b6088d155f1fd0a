"""Measures the scheduler beside what a user would pick instead, on the same input in one run.

`uv run --group bench python benchmarks/solver.py [--quick]` prints a table. Every line is measured
in a process of its own, so that memory is its own and engines cannot disturb each other.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from solver_alternatives import cp_sat, cp_sat_breaks, first_come_first_served, highs
from solver_inputs import all_given, brokerage, event
from solver_two_sided import grad_visit, two_sided

from matchmaker.solver import (
    AfterSeconds,
    Params,
    Problem,
    Result,
    Schedule,
    cost_of_holding,
    repair,
    solve,
)
from matchmaker.solver.anneal import anneal
from matchmaker.solver.answers import answer_given, check_given
from matchmaker.solver.breaks_bound import forced_breaks
from matchmaker.solver.dzn import read_dzn
from matchmaker.solver.explain import explain_unplaced
from matchmaker.solver.place import place
from matchmaker.solver.progress import Run
from matchmaker.solver.schedule import count_breaks
from matchmaker.solver.stop import Never

ROOT = Path(__file__).parents[1]
PUBLISHED = Path(os.environ.get("MATCHMAKER_B2B_DIR", ROOT.parent / "shared" / "b2b-instances"))
PLAIN = Params(first_meeting=0, later_meetings=0, promise=0, improve_rounds=400)
Line = dict[str, Any]

EVENTS: dict[str, dict[str, Any]] = {
    "150 people, 30 tables": {"people": 150, "slots": 16, "tables": 30, "wishes": 12},
    "150 people, 60 tables": {"people": 150, "slots": 16, "tables": 60, "wishes": 12},
    "150 people, half the time": {
        "people": 150, "slots": 16, "tables": 60, "wishes": 16, "available": 0.5,
    },
    "1,000 people, 300 tables": {"people": 1000, "slots": 24, "tables": 300, "wishes": 12},
    "5,000 people, 1,500 tables": {"people": 5000, "slots": 24, "tables": 1500, "wishes": 15},
}  # fmt: skip

QUICK_SECONDS = 8.0
GOALS = dict(zip(EVENTS, (3.0, 3.0, 20.0, 15.0, 120.0), strict=True))  # seconds for each


def ours(case: str, seed: int, seconds: float) -> Line:
    problem = event(**EVENTS[case], seed=seed)
    began = time.perf_counter()
    result = solve(problem, stop=AfterSeconds(seconds), seed=1, params=PLAIN)
    spent = time.perf_counter() - began
    return _line(problem, result.schedule, spent, bound=result.bound) | {
        "breaks bound": result.breaks_bound,
        "violations": len(result.violations),
    }


def alternative(case: str, seed: int, method: str, seconds: float) -> Line:
    problem = event(**EVENTS[case], seed=seed)
    methods: dict[str, Callable[[], np.ndarray]] = {
        "first come, first served": lambda: first_come_first_served(problem, seed),
        "HiGHS, plain model": lambda: highs(problem, seconds),
        "CP-SAT, plain model": lambda: cp_sat(problem, seconds),
    }
    began = time.perf_counter()
    slots = methods[method]()
    spent = time.perf_counter() - began
    return _line(problem, _anywhere(slots), spent, bound=None)


def _anywhere(slots: np.ndarray) -> Schedule:
    return Schedule.of([(p, t, 0) for p, t in enumerate(slots.tolist()) if t >= 0])


def two_sides(method: str, seconds: float) -> Line:
    problem, began = two_sided(0), time.perf_counter()
    if method == "this package":
        result = solve(problem, stop=AfterSeconds(seconds), seed=1, params=PLAIN)
        spent = time.perf_counter() - began
        return _line(problem, result.schedule, spent, bound=result.bound)
    slots = grad_visit(problem, seconds)
    return _line(problem, _anywhere(slots), time.perf_counter() - began, bound=None)


def _line(problem: Problem, schedule: Schedule, seconds: float, bound: int | None) -> Line:
    met = np.unique(problem.pairs[schedule.pair])
    return {
        "value": int(problem.values[schedule.pair].sum()),
        "bound": bound,
        "breaks": int(count_breaks(problem, schedule).sum()),
        "without": problem.people - len(met),
        "seconds": round(seconds, 2),
    }


def published(name: str, method: str, seconds: float) -> Line:
    given = read_dzn((PUBLISHED / name).read_text())
    began = time.perf_counter()
    if method == "CP-SAT, core":
        breaks: Any = cp_sat_breaks(given, 2, seconds)
        return {"breaks": breaks, "seconds": round(time.perf_counter() - began, 2)}
    answer = answer_given(given, stop=AfterSeconds(seconds), most_each=2)
    document = answer.document
    wrong = [] if answer.infeasible else check_given(given, document, most_each=2)
    proved = document["optimal"] and not wrong
    breaks = "infeasible" if answer.infeasible else document["breaks"] if proved else None
    return {"breaks": breaks, "seconds": round(time.perf_counter() - began, 2)}


def compacted(forbidden: float, seconds: float) -> Line:
    problem = brokerage(forbidden)
    given, unset = all_given(problem), np.full(len(problem.pairs), -1)
    began = time.perf_counter()
    slots = np.array(
        place(problem, np.arange(len(problem.pairs)), np.zeros(len(problem.pairs)), unset).slot
    )
    feasible = time.perf_counter() - began
    if (slots < 0).any():
        return {"breaks": None, "feasible after": None, "seconds": round(feasible, 2)}
    tries, run = int(150_000 * seconds), Run(AfterSeconds(seconds))
    slots = anneal(given, slots, run, tries=tries, fair=given.slots, seed=1)
    schedule = Schedule.of([(p, t, 0) for p, t in enumerate(slots.tolist())])
    return {
        "breaks": int(count_breaks(problem, schedule).sum()),
        "breaks bound": forced_breaks(given),
        "feasible after": round(feasible, 2),
        "seconds": round(time.perf_counter() - began, 2),
    }


def _solved(case: str, seed: int) -> tuple[Problem, Result]:
    problem = event(**EVENTS[case], seed=seed)
    return problem, solve(problem, stop=Never(), seed=1, params=Params(improve_rounds=10))


def repaired(case: str, seed: int) -> Line:
    problem, result = _solved(case, seed)
    room = problem.max_meetings.copy()
    room[int(problem.pairs[result.schedule.pair[0], 0])] = 0
    changed, began = problem.replace(max_meetings=room), time.perf_counter()
    mended = repair(changed, result.schedule, stop=Never(), seed=1, params=Params())
    return {
        "seconds": round(time.perf_counter() - began, 2),
        "changes": mended.changes,
        "fewest": mended.fewest,
    }


def explained(case: str, seed: int) -> Line:
    problem, result = _solved(case, seed)
    began = time.perf_counter()
    explanations = explain_unplaced(problem, result)
    spent = time.perf_counter() - began
    return {"seconds": round(spent, 3), "wishes": len(explanations)}


def costed(case: str, seed: int) -> Line:
    """What one wish would cost, with its proof, for six wishes that did not fit."""
    problem, result = _solved(case, seed)
    placed = set(result.schedule.pair.tolist())
    asked = [pair for pair in range(len(problem.pairs)) if pair not in placed][:6]
    began = time.perf_counter()
    costs = [cost_of_holding(problem, result, pair) for pair in asked]
    spent = (time.perf_counter() - began) / len(asked)
    proved = sum(cost is not None and cost.is_proved for cost in costs)
    return {"seconds": round(spent, 3), "proved": f"{proved} of {len(costs)}"}


WORK: dict[str, Callable[..., Line]] = {
    f.__name__: f
    for f in (ours, alternative, two_sides, published, compacted, repaired, explained, costed)
}


def measure(work: str, **order: Any) -> Line:
    """One line, measured in a process of its own."""
    command = [sys.executable, __file__, "--measure", json.dumps({"work": work, **order})]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def show(name: str, method: str, line: Line) -> None:
    facts = [f"{key} {value}" for key, value in line.items() if value is not None]
    if line.get("bound"):
        facts.insert(2, f"gap {100 * (1 - line['value'] / line['bound']):.3f} %")
    print(f"{name:28} {method:26} {', '.join(facts)}", flush=True)


def events(quick: bool) -> Iterator[tuple[str, int, float]]:
    for case in EVENTS:
        if case.startswith("5,000") and quick:
            continue
        seeds = 5 if case.startswith("150") and not quick else 1
        seconds = min(GOALS[case], QUICK_SECONDS) if quick else GOALS[case]
        yield from ((case, seed, seconds) for seed in range(seeds))


def compare_events(quick: bool) -> None:
    for case, seed, limit in events(quick):
        mine = measure("ours", case=case, seed=seed, seconds=limit)
        show(f"{case}, seed {seed}", "this package", mine)
        others = ["first come, first served"]
        if case.startswith("150") and seed == 0 and (not quick or "60" in case):
            others += ["HiGHS, plain model", "CP-SAT, plain model"]
        for method in others:
            order = {"case": case, "seed": seed, "seconds": max(limit, 5.0)}
            line = measure("alternative", method=method, **order)
            ratio = round(line["value"] / mine["value"], 4)
            show(f"{case}, seed {seed}", method, line | {"of our value": ratio})


def compare_two_sides(quick: bool) -> None:
    mine = measure("two_sides", method="this package", seconds=60.0)
    show("120 visitors, 40 hosts", "this package", mine)
    if quick:
        return  # the other takes most of a minute
    other = measure("two_sides", method="grad-visitor-scheduler", seconds=60.0)
    ratio = round(other["value"] / mine["value"], 4)
    show("120 visitors, 40 hosts", "grad-visitor-scheduler", other | {"of our value": ratio})


def compare_published(quick: bool) -> None:
    pattern = "tic-1[24]*.original.dzn" if quick else "*.original.dzn"
    files = [file.name for file in sorted(PUBLISHED.glob(pattern))]
    for method in ("this package", "CP-SAT, core"):
        lines = [measure("published", name=f, method=method, seconds=60.0) for f in files]
        proved = [line for line in lines if line["breaks"] is not None]
        total = {
            "proved": f"{len(proved)} of {len(lines)}",
            "breaks": [line["breaks"] for line in lines],
            "seconds": round(sum(line["seconds"] for line in lines), 1),
            "worst": max((line["seconds"] for line in lines), default=0),
        }
        show(f"{len(files)} published originals", method, total)


def _spent() -> float:
    """Of the processor: on a shared machine the clock tells little."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a part of it, under two minutes")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        order = json.loads(arguments.measure)
        line = WORK[order.pop("work")](**order)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(line | {"CPU s": round(_spent(), 1), "MB": memory}))
        return
    compare_events(arguments.quick)
    compare_two_sides(arguments.quick)
    compare_published(arguments.quick)
    for forbidden in (0.0, 0.1):
        line = measure("compacted", forbidden=forbidden, seconds=5.0 if arguments.quick else 60.0)
        show(f"426 people, {forbidden:.0%} forbidden", "this package", line)
    case = "150 people, 60 tables"
    show("one cancellation", "this package", measure("repaired", case=case, seed=0))
    show("what one wish costs", "this package", measure("costed", case=case, seed=0))
    show("every wish explained", "this package", measure("explained", case=case, seed=0))


if __name__ == "__main__":
    main()
