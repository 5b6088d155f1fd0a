"""Every sentence of the pages, mails and files is there in Finnish and Swedish, whole."""

import io
import re
import string
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from matchmaker.locales import LOCALES, OWN_NAMES

ROOT = Path(__file__).parents[2]
TRANSLATED = [locale for locale in LOCALES if locale != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}

Name = tuple[str | None, str]


def po_of(locale: str) -> Path:
    return ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str) -> Catalog:
    with po_of(locale).open("rb") as file:
        return read_po(file, locale=locale)


@pytest.fixture(scope="module")
def extracted() -> Catalog:
    """What is marked for translation now, by the mappings that `make translations` uses."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    catalog = Catalog()
    for mapping in mappings:
        folder, _, pattern = mapping["pattern"].partition("/")
        methods = [(pattern, mapping["method"])]
        for _file, _line, ids, _comments, context in extract_from_dir(
            ROOT / folder, methods, keywords=KEYWORDS
        ):
            catalog.add(ids, context=context)
    return catalog


@pytest.fixture(scope="module", params=TRANSLATED)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return read(request.param)


def name_of(message: Message) -> Name:
    return message.context, forms(message.id)[0]


def forms(text: object) -> list[str]:
    return [str(each) for each in text] if isinstance(text, list | tuple) else [str(text)]


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def told(messages: Iterable[Message]) -> list[Message]:
    """Without the head of the catalogue."""
    return [message for message in messages if message.id]


def test_every_marked_sentence_is_translated(catalog: Catalog, extracted: Catalog) -> None:
    known = {name_of(message): message for message in told(catalog)}

    missing = [
        name_of(message)
        for message in told(extracted)
        if (there := known.get(name_of(message))) is None
        or there.fuzzy
        or not all(forms(there.string))
        or forms(there.id) != forms(message.id)
    ]

    assert missing == []


def test_nothing_is_kept_that_nobody_says(catalog: Catalog, extracted: Catalog) -> None:
    said = {name_of(message) for message in told(extracted)}

    assert [name_of(message) for message in told(catalog) if name_of(message) not in said] == []
    assert list(catalog.obsolete) == []


def test_plurals_have_as_many_forms_as_the_language(catalog: Catalog) -> None:
    wrong = [
        message.id
        for message in told(catalog)
        if len(forms(message.string)) != (catalog.num_plurals if message.pluralizable else 1)
    ]

    assert wrong == []


def test_placeholders_are_those_of_the_original(catalog: Catalog) -> None:
    """One form may leave the number out, as `one thing to put right` does."""
    wrong = [
        (message.id, form)
        for message in told(catalog)
        for form in filter(None, forms(message.string))
        if placeholders(form) not in [placeholders(original) for original in forms(message.id)]
    ]

    assert wrong == []


def test_a_percent_sign_never_breaks_a_sentence(catalog: Catalog) -> None:
    wrong = [
        form
        for message in told(catalog)
        if PLACEHOLDER.search(forms(message.id)[-1])
        for form in forms(message.string)
        if "%" in PLACEHOLDER.sub("", form)
    ]

    assert wrong == []


def test_sentences_end_as_the_original_does(catalog: Catalog) -> None:
    wrong = [
        (form, other)
        for message in told(catalog)
        for form, other in zip(forms(message.id)[-1:], forms(message.string)[-1:], strict=True)
        if other and ending(form) != ending(other)
    ]

    assert wrong == []


def ending(text: str) -> str:
    """The sign that ends a sentence, so that a label stays a label; quotation marks apart."""
    last = text.rstrip().rstrip("”“\"')")[-1:]
    return last if last in string.punctuation and last != "%" else ""


@pytest.mark.parametrize("locale", TRANSLATED)
def test_the_compiled_catalogue_is_that_of_the_text(locale: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read(locale))

    assert po_of(locale).with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_every_language_has_a_name_and_a_catalogue() -> None:
    folders = {path.name for path in (ROOT / "translations").iterdir() if path.is_dir()}

    assert set(OWN_NAMES) == set(LOCALES)
    assert folders == set(TRANSLATED)
