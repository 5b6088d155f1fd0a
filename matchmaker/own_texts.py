"""What participants write in their own words, in one language or several."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class OwnText:
    """A title and a text, and which language each is in; empty where nobody said.

    `role` is what a partner would do, which some offers and needs say too.
    """

    language: str
    title: str
    text: str = ""
    text_language: str = ""
    role: str = ""


def text_in(locale: str, original: OwnText, others: Iterable[OwnText]) -> OwnText:
    """What to show a reader of `locale`: their language where it was given, else the original.

    Where only the title was translated, the text stays the original's, in its language.
    """
    original = replace(original, text_language=original.language)
    if original.language == locale:
        return original
    for other in others:
        if other.language == locale and other.title:
            whole = bool(other.text) or not original.text
            return OwnText(
                locale,
                other.title,
                other.text if whole else original.text,
                locale if whole else original.language,
                other.role or original.role,
            )
    return original


def words_in(locale: str, text: str, language: str, others: Mapping[str, str]) -> OwnText:
    """A text without a title, in the reader's language where given, else as first written."""
    if language != locale and others.get(locale):
        return OwnText(locale, "", others[locale], locale)
    return OwnText(language, "", text, language)
