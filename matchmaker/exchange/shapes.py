"""What a value may look like: each shape turns text into a value, or says what is wrong with it.

The lengths are those of the database, so that what is read here can be stored there.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from email_validator import EmailNotValidError, validate_email

from matchmaker.exchange.problems import NotRight, advice, nearest, shown

Word = TypeVar("Word", bound=str)

ID = 60
SLUG = 60
POINT = 60
TYPE = 60
PERSON = 120
TOPIC = 120
ROOM = 120
EVENT = 160
PLACE = 160
ORGANISATION = 160
TITLE = 160
SESSION = 200
ROLE = 300
TEXT = 10_000
MOST_MEETINGS = 10_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
_BREAK = re.compile("[\t\n\r\u2028\u2029]")
_SAFE_ID = re.compile(r"\w([\w .@+-]*[\w@+-])?")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REHEARSAL = re.compile(r"\.(invalid|local|localhost|test)$", re.IGNORECASE)


def line(limit: int) -> Callable[[str], str]:
    """Text on one line; spaces around it do not count."""

    def shape(text: str) -> str:
        trimmed = text.strip()
        if not trimmed:
            raise NotRight("nothing is written here", "write something, or leave it out")
        if _BREAK.search(trimmed):
            wrong = f"{shown(trimmed)} has a line break or a tab in it"
            raise NotRight(wrong, "write it on one line")
        return _checked(trimmed, limit)

    return shape


def long_text(text: str) -> str:
    """Text as it was written, with its line breaks."""
    return _checked(text, TEXT)


def _checked(text: str, limit: int) -> str:
    if control := _CONTROL.search(text):
        code = f"U+{ord(control[0]):04X}"
        raise NotRight(f"{shown(text)} holds an invisible character ({code})", "delete it")
    if len(text) > limit:
        wrong = f"{shown(text)} is {len(text)} characters long"
        raise NotRight(wrong, f"shorten it to {limit} or fewer")
    return text


def identifier(text: str) -> str:
    """An id that is a safe name for a file everywhere, because it becomes `calendars/<id>.ics`."""
    name = line(ID)(text)
    if _DEVICE.fullmatch(name):
        raise NotRight(f"{shown(name)} is a reserved name on Windows", 'take another id, as "p1"')
    if not _SAFE_ID.fullmatch(name) or unicodedata.normalize("NFC", name) != name:
        right = 'take letters, digits and . _ - @ +, beginning with a letter or digit, as "p1"'
        raise NotRight(f"{shown(name)} cannot be the name of a file on every computer", right)
    return name


def file_key(name: str) -> str:
    """Equal for ids that some file systems take for the same name."""
    return unicodedata.normalize("NFKC", name).casefold()


def slug(text: str) -> str:
    name = line(SLUG)(text)
    if not _SLUG.fullmatch(name):
        wrong = f"{shown(name)} cannot be part of a web address as it is"
        raise NotRight(wrong, 'take a-z, 0-9 and single hyphens, as "kittila-2023"')
    return name


def email(text: str) -> str:
    """An address as written. Names that only serve tests and rehearsals are welcome."""
    address = text.strip()
    try:
        validate_email(_REHEARSAL.sub(".example", address), check_deliverability=False)
    except EmailNotValidError as error:
        reason = str(error).rstrip(".")
        wrong = f"{shown(address)} is no e-mail address ({reason})"
        raise NotRight(wrong, 'write one address, as "aino@cluster.example"') from error
    return address


def one_of(words: Sequence[Word], what: str) -> Callable[[str], Word]:
    """One of a few words, in capitals or not."""
    known = {word.casefold(): word for word in words}

    def shape(text: str) -> Word:
        try:
            return known[text.strip().casefold()]
        except KeyError:
            near = nearest(text.strip(), words)
            meant = f"{shown(near)} may be meant, " if near else ""
            right = f"{meant}it is one of {', '.join(words)}"
            raise NotRight(f"{shown(text.strip())} is not a {what}", right) from None

    return shape


def several_of(words: Sequence[Word], what: str) -> Callable[[str], tuple[Word, ...]]:
    """Some of a few words, parted by semicolons."""
    one = one_of(words, what)

    def shape(text: str) -> tuple[Word, ...]:
        return tuple(dict.fromkeys(one(word) for word in text.split(";") if word.strip()))

    return shape


def count(text: str) -> int:
    """A number of meetings."""
    digits = text.strip()
    if not re.fullmatch("[0-9]{1,6}", digits) or int(digits) > MOST_MEETINGS:
        wrong = f"{shown(digits)} is no number of meetings"
        raise NotRight(wrong, f"write a whole number from 0 to {MOST_MEETINGS}")
    return int(digits)


def time_zone(text: str) -> ZoneInfo:
    name, known = text.strip(), available_timezones() - {"localtime", "Factory"}
    if name not in known:
        right = advice(name, known, 'write a name as "Europe/Helsinki"')
        raise NotRight(f"there is no time zone {shown(name)}", right)
    return ZoneInfo(name)
