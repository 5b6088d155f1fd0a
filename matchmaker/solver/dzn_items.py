"""The items of a MiniZinc data file, as the language lets them be written."""

import re
from collections.abc import Iterator

from matchmaker.solver.instance_error import InstanceError

Words = list[str]

WORD = re.compile(
    r"""(?P<nothing> \s+ | %[^\n]* | /\*.*?\*/ )
    | "(?:[^"\\\n]|\\.)*" | '[^'\n]*' | [A-Za-z_]\w*
    | -?0x[0-9A-Fa-f]+ | -?0o[0-7]+ | -?\d+ | \.\. | \[\| | \|\] | .""",
    re.VERBOSE | re.DOTALL,
)
NUMBER = re.compile(r"-?(?:0x[0-9A-Fa-f]+|0o[0-7]+|\d+)")
MOST = 1_000_000  # what a file may count up to; without an end a range would fill the memory
LAYOUT = {"[", "]", "[|", "|]", "|", ","}


def items(text: str) -> dict[str, Words]:
    """Each `name = value;` of the file in words; comments and declared types are left out."""
    found: dict[str, Words] = {}
    for statement in _statements(text):
        if "=" not in statement[1:]:
            written = " ".join(statement)[:40]
            raise InstanceError(f"“{written}” is not written name = value;")
        place = statement.index("=", 1)
        name, value = statement[place - 1].strip("'"), statement[place + 1 :]
        if found.setdefault(name, value) != value:
            raise InstanceError(f"{name} is written twice, differently.")
    return found


def _statements(text: str) -> Iterator[Words]:
    statement: Words = []
    for word in WORD.finditer(text):
        if word["nothing"]:
            continue
        if word[0] != ";":
            statement.append(word[0])
        elif statement:
            yield statement
            statement = []
    if statement:
        yield statement


def number(words: Words) -> int | None:
    """One whole number; `None` for anything else."""
    return _read(words[0]) if len(words) == 1 and NUMBER.fullmatch(words[0]) else None


def numbers(words: Words, name: str) -> list[int]:
    """All numbers of an array, row by row."""
    plain = [word for word in _listed(words) if word not in LAYOUT]
    if not all(NUMBER.fullmatch(word) for word in plain):
        raise InstanceError(f"{name} holds something that is not a number.")
    return [_read(word) for word in plain]


def sets(words: Words, name: str) -> list[list[int]]:
    """An array of sets, each written {1, 2} or 1..2."""
    found: list[list[int]] = []
    rest = iter(_listed(words))
    for word in rest:
        if word == "{":
            found.append(_members(rest, name))
        elif NUMBER.fullmatch(word):
            found.append(_range(word, [next(rest, ""), next(rest, "")], name))
        elif word not in LAYOUT:
            raise InstanceError(f"{name} holds something that is not a set.")
    return found


def _members(rest: Iterator[str], name: str) -> list[int]:
    inside: Words = []
    for word in rest:
        if word == "}":
            return numbers(inside, name)
        inside.append(word)
    raise InstanceError(f"{name} holds a set that does not end.")


def _range(first: str, further: Words, name: str) -> list[int]:
    if further[0] != ".." or not NUMBER.fullmatch(further[1]):
        raise InstanceError(f"{name} holds something that is not a set.")
    begin, end = _read(first), _read(further[1])
    if end - begin > MOST:
        raise InstanceError(f"{name} holds {begin}..{end}; this reads up to {MOST} numbers.")
    return list(range(begin, end + 1))


def _listed(words: Words) -> Words:
    """What array1d(…, […]) and the like hold; an array as it is."""
    if not words[:1] or not re.fullmatch(r"array\dd", words[0]) or words[-1] != ")":
        return words
    begin = next((place for place, word in enumerate(words) if word in ("[", "[|")), 0)
    return words[begin:-1]


def _read(word: str) -> int:
    return int(word, 0 if "x" in word or "o" in word else 10)
