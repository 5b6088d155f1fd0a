"""Pure optimisation: which pairs meet, when and where. Knows nothing of events or web pages."""

from matchmaker.solver.explain import Explanation, explain_unplaced
from matchmaker.solver.params import Params
from matchmaker.solver.pipeline import solve
from matchmaker.solver.problem import Locked, Problem
from matchmaker.solver.progress import Progress
from matchmaker.solver.repair import Repaired, repair
from matchmaker.solver.result import Result
from matchmaker.solver.schedule import Schedule
from matchmaker.solver.stop import AfterRounds, AfterSeconds, FirstOf, Never, Stop, WhenAsked
from matchmaker.solver.verify import Violation, verify

__all__ = [
    "AfterRounds",
    "AfterSeconds",
    "Explanation",
    "FirstOf",
    "Locked",
    "Never",
    "Params",
    "Problem",
    "Progress",
    "Repaired",
    "Result",
    "Schedule",
    "Stop",
    "Violation",
    "WhenAsked",
    "explain_unplaced",
    "repair",
    "solve",
    "verify",
]
