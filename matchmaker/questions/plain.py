"""Questions with their answers as plain values, as files hold them. Knows no database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["text", "long", "choice", "several", "number", "consent"]
Audience = Literal["organisers", "participants"]
Value = str | tuple[str, ...] | int | float | bool


@dataclass(frozen=True, slots=True)
class PlainOption:
    key: str
    label: dict[str, str]


@dataclass(frozen=True, slots=True)
class PlainWording:
    """What was asked, by language; the place in the list of a question's wordings is its number."""

    label: dict[str, str]
    help: dict[str, str]
    options: tuple[PlainOption, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainAnswer:
    """What a participant answered to the wording of this number, counted from 1."""

    person: str
    wording: int
    value: Value
    at: datetime


@dataclass(frozen=True, slots=True)
class PlainQuestion:
    id: str
    kind: Kind
    wordings: tuple[PlainWording, ...]
    required: bool = False
    audience: Audience = "organisers"
    types: tuple[str, ...] = ()
    answers: tuple[PlainAnswer, ...] = ()


def fits(question: PlainQuestion, answer: PlainAnswer) -> bool:
    """Whether such an answer can have been given to the question."""
    if not 1 <= answer.wording <= len(question.wordings) or answer.at.tzinfo is None:
        return False
    value = answer.value
    offered = {option.key for option in question.wordings[answer.wording - 1].options}
    match question.kind:
        case "several":
            return isinstance(value, tuple) and set(value) <= offered
        case "choice":
            return isinstance(value, str) and value in offered
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "consent":
            return isinstance(value, bool)
        case _:
            return isinstance(value, str)
