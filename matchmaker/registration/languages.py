"""The languages a participant may say they speak, named in the reader's language."""

from babel import Locale
from flask_babel import get_locale

from matchmaker.collation import by_name

FIRST = ("en", "fi", "sv", "de", "fr", "es", "it", "pl")
MORE = (
    *("bg", "cs", "da", "el", "et", "ga", "hr", "hu", "is", "lt", "lv", "mt"),
    *("nb", "nl", "pt", "ro", "se", "sk", "sl", "sr", "tr", "uk"),
)


def language_choices(of_event: list[str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The likely languages as (code, name), the event's own first; and the others by name."""
    first = list(dict.fromkeys([*of_event, *FIRST]))
    rest = [code for code in MORE if code not in first]
    names = (get_locale() or Locale("en")).languages
    named = [[(code, str(names.get(code, code))) for code in codes] for codes in (first, rest)]
    return named[0], by_name(named[1], lambda pair: pair[1])
