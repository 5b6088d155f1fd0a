"""What a question says in the reader's language, and an answer in words. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from matchmaker.questions.models import Said, Wording


class Words(NamedTuple):
    """A text and its language; the language is empty where it is the reader's own."""

    text: str
    language: str = ""


def words_in(locale: str, given: Mapping[str, str]) -> Words:
    """The text in the reader's language, else in the first that was written."""
    if given.get(locale):
        return Words(given[locale])
    return next((Words(text, code) for code, text in given.items() if text), Words(""))


def option_labels(wording: Wording, locale: str) -> dict[str, str]:
    """The answers one can choose from, by key, in order."""
    return {
        str(option["key"]): words_in(locale, _labels(option)).text for option in wording.options
    }


def said_in_words(wording: Wording, value: Said, locale: str) -> list[str]:
    """The answer as it is shown: what was chosen by its label, the rest as it stands."""
    labels = option_labels(wording, locale)
    chosen = value if isinstance(value, list) else [value]
    return [labels.get(str(one), str(one)) for one in chosen]


def _labels(option: Mapping[str, object]) -> Mapping[str, str]:
    label = option.get("label")
    return label if isinstance(label, dict) else {}
