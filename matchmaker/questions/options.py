"""The answers a question offers, each with a key that outlives its wording. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from matchmaker.organisations.queries import fold

Option = Mapping[str, Any]
LONGEST_KEY = 40


def kept_keys(
    labels: Sequence[Mapping[str, str]], before: Sequence[Option]
) -> list[dict[str, Any]]:
    """The options with the keys they had: found again by a label, or by place if reworded.

    By place only where as many stay as there were: then a changed line is the same answer said
    better, and what people chose still counts for it.
    """
    known = _keys_by_label(before)
    keys: list[str] = [next(filter(None, map(known.get, _all(each))), "") for each in labels]
    if len(labels) == len(before):
        free = [str(option["key"]) for option in before]
        keys = [
            key or (free[place] if free[place] not in keys else "")
            for place, key in enumerate(keys)
        ]
    return _with_new_keys(labels, keys, taken={str(option["key"]) for option in before})


def _with_new_keys(
    labels: Sequence[Mapping[str, str]], keys: Sequence[str], taken: set[str]
) -> list[dict[str, Any]]:
    options: list[dict[str, Any]] = []
    used: set[str] = set()
    for label, known in zip(labels, keys, strict=True):
        key = known if known and known not in used else new_key(label, taken | used)
        used.add(key)
        options.append({"key": key, "label": {c: text for c, text in label.items() if text}})
    return options


def _keys_by_label(options: Sequence[Option]) -> dict[str, str]:
    return {text: str(option["key"]) for option in options for text in _all(option["label"])}


def _all(label: Mapping[str, str]) -> list[str]:
    return [f"{language}:{fold(text)}" for language, text in label.items() if text]


def new_key(label: Mapping[str, str], taken: set[str]) -> str:
    """A short id made of the first words, that nothing else has."""
    first = next((text for text in label.values() if text), "")
    stem = re.sub(r"[^a-z0-9]+", "-", fold(first)).strip("-")[:LONGEST_KEY].strip("-") or "answer"
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 999))
    return next(key for key in numbered if key not in taken)
