"""Questions with their answers as plain values, as files hold them. Knows no database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

LONGEST_LABEL = 300
LONGEST_HELP = 600
LONGEST_OPTION = 120
LONGEST_TEXT = 4000

Kind = Literal["text", "long", "choice", "several", "number", "consent"]
Audience = Literal["organisers", "participants"]
Name = Annotated[str, Meta(min_length=1, max_length=60)]
Text = Annotated[str, Meta(max_length=LONGEST_TEXT)]
Label = dict[Name, Annotated[str, Meta(max_length=LONGEST_LABEL)]]
Help = dict[Name, Annotated[str, Meta(max_length=LONGEST_HELP)]]
OptionLabel = dict[Name, Annotated[str, Meta(max_length=LONGEST_OPTION)]]
Value = Text | tuple[Name, ...] | int | float | bool


@dataclass(frozen=True, slots=True)
class PlainOption:
    key: Name
    label: OptionLabel


@dataclass(frozen=True, slots=True)
class PlainWording:
    """What was asked, by language; the place in the list of a question's wordings is its number."""

    label: Label
    help: Help
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
    types: tuple[Name, ...] = ()
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
