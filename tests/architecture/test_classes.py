"""Every class of a page has a rule, and every rule a class."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [
    re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    for path in (ROOT / "templates").rglob("*.html")
    if path.relative_to(ROOT / "templates").as_posix() != "messages/layout.html"
]
SCRIPTS = [path.read_text() for path in (ROOT / "static/js").glob("*.js")]
# htmx swaps what has it.
TARGETS = {"attend"}
# The class of a list takes its bullets away, rule or not.
CLASSES = re.compile(r'<(?!ul|ol)\w+[^<>]*? class="([^"{]*)["{]')


def styled() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "static/css").glob("*.css"):
        selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", path.read_text(), flags=re.DOTALL)
        found |= set(re.findall(r"\.([a-z][\w-]*)", selectors))
    return found


def test_a_class_has_a_rule() -> None:
    named = {name for page in PAGES for list_ in CLASSES.findall(page) for name in list_.split()}
    whole = {name for name in named if not name.endswith("-")}

    assert sorted(whole - styled() - TARGETS) == []


def test_a_rule_has_a_class() -> None:
    """Where a page puts a name together, its first part stands there."""
    text = " ".join([*PAGES, *SCRIPTS])

    unused = [
        name
        for name in styled()
        if not re.search(rf"(?<![\w-]){name}(?![\w-])", text)
        and not ("--" in name and f"{name.rpartition('--')[0]}--" in text)
    ]
    assert sorted(unused) == []
