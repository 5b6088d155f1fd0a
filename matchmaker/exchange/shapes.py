"""What a value may look like: each shape turns text into a value, or says what is wrong with it.

The lengths are those of the database, so that what is read here can be stored there.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from matchmaker.events.models import MOST_MEETINGS
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
SPEAKER = 200
ROLE = 300
LINK = 300
TEXT = 10_000

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
            raise NotRight(_("nothing is written here"), _("write something, or leave it out"))
        if _BREAK.search(trimmed):
            wrong = _("%(text)s has a line break or a tab in it", text=shown(trimmed))
            raise NotRight(wrong, _("write it on one line"))
        return _checked(trimmed, limit)

    return shape


def long_text(text: str) -> str:
    """Text as it was written, with its line breaks."""
    return _checked(text, TEXT)


def _checked(text: str, limit: int) -> str:
    if control := _CONTROL.search(text):
        code = f"U+{ord(control[0]):04X}"
        wrong = _("%(text)s holds an invisible character (%(code)s)", text=shown(text), code=code)
        raise NotRight(wrong, _("delete it"))
    if len(text) > limit:
        wrong = _("%(text)s is %(count)d characters long", text=shown(text), count=len(text))
        raise NotRight(wrong, _("shorten it to %(most)d or fewer", most=limit))
    return text


def identifier(text: str) -> str:
    """An id that is a safe name for a file everywhere, because it becomes `calendars/<id>.ics`."""
    name = line(ID)(text)
    if _DEVICE.fullmatch(name):
        wrong = _("%(text)s is a reserved name on Windows", text=shown(name))
        raise NotRight(wrong, _("take another id, as %(id)s", id=shown("p1")))
    if not _SAFE_ID.fullmatch(name) or unicodedata.normalize("NFC", name) != name:
        wrong = _("%(text)s cannot be the name of a file on every computer", text=shown(name))
        right = _(
            "take letters, digits and . _ - @ +, beginning with a letter or digit, as %(id)s",
            id=shown("p1"),
        )
        raise NotRight(wrong, right)
    return name


def file_key(name: str) -> str:
    """Equal for ids that some file systems take for the same name."""
    return unicodedata.normalize("NFKC", name).casefold()


def slug(text: str) -> str:
    name = line(SLUG)(text)
    if not _SLUG.fullmatch(name):
        wrong = _("%(text)s cannot be part of a web address as it is", text=shown(name))
        example = shown("kittila-2023")
        raise NotRight(wrong, _("take a-z, 0-9 and single hyphens, as %(slug)s", slug=example))
    return name


def email(text: str) -> str:
    """An address as written. Names that only serve tests and rehearsals are welcome."""
    address = text.strip()
    try:
        validate_email(_REHEARSAL.sub(".example", address), check_deliverability=False)
    except EmailNotValidError as error:
        reason = str(error).rstrip(".")
        wrong = _("%(text)s is no e-mail address (%(reason)s)", text=shown(address), reason=reason)
        right = _("write one address, as %(address)s", address=shown("aino@cluster.example"))
        raise NotRight(wrong, right) from error
    return address


def one_of(words: Sequence[Word], what: str) -> Callable[[str], Word]:
    """One of a few words, in capitals or not."""
    known = {word.casefold(): word for word in words}

    def shape(text: str) -> Word:
        try:
            return known[text.strip().casefold()]
        except KeyError:
            right = _not_one_of(nearest(text.strip(), words), words)
            wrong = _("%(text)s is not a %(what)s", text=shown(text.strip()), what=what)
            raise NotRight(wrong, right) from None

    return shape


def _not_one_of(near: str | None, words: Sequence[str]) -> str:
    known = ", ".join(words)
    if near is None:
        return str(_("it is one of %(known)s", known=known))
    return str(_("%(word)s may be meant, it is one of %(known)s", word=shown(near), known=known))


def link(text: str) -> str:
    """A whole web address, in which `{room}` may stand for a name."""
    address = line(LINK)(text)
    if not address.startswith(("https://", "http://")):
        wrong = _("%(text)s is no whole web address", text=shown(address))
        example = shown("https://meet.example/{room}")
        raise NotRight(wrong, _("write it with https:// in front, as %(link)s", link=example))
    return address


def several_of(words: Sequence[Word], what: str) -> Callable[[str], tuple[Word, ...]]:
    """Some of a few words, parted by semicolons."""
    one = one_of(words, what)

    def shape(text: str) -> tuple[Word, ...]:
        return tuple(dict.fromkeys(one(word) for word in text.split(";") if word.strip()))

    return shape


def several_lines(limit: int) -> Callable[[str], tuple[str, ...]]:
    """Words of one's own, parted by semicolons."""
    one = line(limit)

    def shape(text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one(word) for word in text.split(";") if word.strip()))

    return shape


def count(text: str) -> int:
    """A number of meetings."""
    digits = text.strip()
    if not re.fullmatch("[0-9]{1,6}", digits) or int(digits) > MOST_MEETINGS:
        wrong = _("%(text)s is no number of meetings", text=shown(digits))
        right = _("write a whole number from %(least)d to %(most)d", least=0, most=MOST_MEETINGS)
        raise NotRight(wrong, right)
    return int(digits)


def time_zone(text: str) -> ZoneInfo:
    name, known = text.strip(), available_timezones() - {"localtime", "Factory"}
    if name not in known:
        otherwise = _("write a name as %(zone)s", zone=shown("Europe/Helsinki"))
        wrong = _("there is no time zone %(zone)s", zone=shown(name))
        raise NotRight(wrong, advice(name, known, otherwise))
    return ZoneInfo(name)
