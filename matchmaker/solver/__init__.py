"""Pure optimisation: which pairs meet, when and where. Knows nothing of events or web pages."""

from matchmaker.solver.cost import Cost, cost_of_holding, cost_of_leaving_out
from matchmaker.solver.explain import Explanation, explain_unplaced
from matchmaker.solver.params import Params
from matchmaker.solver.pipeline import solve
from matchmaker.solver.problem import Locked, Problem
from matchmaker.solver.progress import Progress
from matchmaker.solver.repair import Repaired, repair, repair_choices
from matchmaker.solver.result import Result
from matchmaker.solver.schedule import Schedule
from matchmaker.solver.select import bound_on_value
from matchmaker.solver.stop import AfterRounds, AfterSeconds, FirstOf, Never, Stop, WhenAsked
from matchmaker.solver.verify import Violation, verify
from matchmaker.solver.whole import More, Term, scarcest, term_bounds, what_more_would_add

__all__ = [
    "AfterRounds",
    "AfterSeconds",
    "Cost",
    "Explanation",
    "FirstOf",
    "Locked",
    "More",
    "Never",
    "Params",
    "Problem",
    "Progress",
    "Repaired",
    "Result",
    "Schedule",
    "Stop",
    "Term",
    "Violation",
    "WhenAsked",
    "bound_on_value",
    "cost_of_holding",
    "cost_of_leaving_out",
    "explain_unplaced",
    "repair",
    "repair_choices",
    "scarcest",
    "solve",
    "term_bounds",
    "verify",
    "what_more_would_add",
]
