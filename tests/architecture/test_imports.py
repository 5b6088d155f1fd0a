"""The arrows of docs/architecture.md: imports point down, between layers and between features."""

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "matchmaker"
FEATURES = (
    "accounts",
    "organisations",
    "events",
    "programme",
    "registration",
    "questions",
    "marketplace",
    "wishes",
    "matching",
    "people",
    "agenda",
    "followup",
    "insights",
    "exchange",
    "roster",
    "mailings",
    "setup",
    "privacy",
    "merging",
    "demo",
)
LAYERS = {"models": 0, "queries": 1, "services": 2, "forms": 3, "views": 4}
SHARED = ("messages", "audit")
EDGE = {"commands", "jobs", "views"}


@cache
def imports_of(source: str) -> set[str]:
    """Every module of ours that a source text names in an import."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.split(".")[0] == "matchmaker"}


def upward_arrows(module: str, source: str) -> list[str]:
    """The imports of `module` that point up: to a later feature or a higher layer."""
    parts = module.split(".")
    return [
        f"{module} imports {name}"
        for name in sorted(imports_of(source))
        if _points_up(parts, name.split("."))
    ]


def _points_up(here: list[str], there: list[str]) -> bool:
    if len(here) < 3 or len(there) < 2:
        return False
    feature, target = here[1], there[1]
    if feature in SHARED:
        return target in FEATURES and here[2] not in EDGE and there[2:] != ["models"]
    if feature not in FEATURES or target not in FEATURES:
        return False
    if feature != target:
        return FEATURES.index(target) > FEATURES.index(feature)
    return len(there) > 2 and _layer(there[2], other=0) > _layer(here[2], other=3)


def _layer(module: str, *, other: int) -> int:
    """How high a file stands; a file outside the layers may be used, and may use, all but edges."""
    name = module.split("_")[0]
    return LAYERS["views"] if name in EDGE else LAYERS.get(name, other)


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_bundled" not in path.parts)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


def test_imports_point_down() -> None:
    upward = [
        arrow for path in modules() for arrow in upward_arrows(name_of(path), path.read_text())
    ]

    assert upward == []


def test_the_solver_knows_nothing_of_the_rest() -> None:
    allowed = ("matchmaker.solver",)

    strangers = [
        f"{name_of(path)} imports {name}"
        for path in (PACKAGE / "solver").rglob("*.py")
        for name in imports_of(path.read_text())
        if not name.startswith(allowed)
    ]

    assert strangers == []


def test_only_the_matching_and_commands_reach_into_the_solver() -> None:
    reaching = {
        name_of(path)
        for path in modules()
        if "solver" not in path.parts
        and any(name.startswith("matchmaker.solver") for name in imports_of(path.read_text()))
    }

    assert reaching <= {
        "matchmaker.matching.translate",
        "matchmaker.matching.arrange",
        "matchmaker.matching.explaining",
        "matchmaker.matching.figures",
        "matchmaker.matching.mending",
        "matchmaker.matching.simulation",
        "matchmaker.cli",
    }


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("matchmaker.events.services", "from matchmaker.wishes.models import Wish"),
        ("matchmaker.events.queries", "from matchmaker.events.services import create_event"),
        ("matchmaker.events.services", "from matchmaker.events.views import blueprint"),
        ("matchmaker.messages.services", "from matchmaker.agenda.services import publish_run"),
    ],
)
def test_an_arrow_that_points_up_is_found(module: str, line: str) -> None:
    assert len(upward_arrows(module, line)) == 1
