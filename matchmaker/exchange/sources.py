"""The files of a folder as text: which there are, and in which encoding."""

import codecs
from pathlib import Path

from flask_babel import gettext as _

from matchmaker.exchange.problems import FILES, Place, Problems, nearest, shown

OPTIONAL = (
    *("items.csv", "settings.json", "questions.json", "profiles.json"),
    *("organisations.json", "requests.json"),
)
_WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_sources(folder: Path, problems: Problems) -> dict[str, str]:
    """The text of every file that can be read, by its name."""
    if not folder.is_dir():
        wrong = _("there is no folder %(folder)s", folder=shown(folder))
        problems.add(Place(FILES[0]), wrong, _("give the folder that holds event.toml"))
        return {}
    _check_misspelt(folder, problems)
    texts = {file: _read(folder / file, problems) for file in FILES}
    return {file: text for file, text in texts.items() if text is not None}


def _read(path: Path, problems: Problems) -> str | None:
    try:
        return _decode(path.read_bytes(), path.name, problems)
    except FileNotFoundError:
        if path.name not in OPTIONAL:
            right = _("put %(file)s into the folder, next to the other files", file=path.name)
            problems.add(Place(path.name), _("the file is missing"), right)
    except OSError as error:
        wrong = _("the file cannot be read (%(reason)s)", reason=error.strerror)
        problems.add(Place(path.name), wrong, _("make it a file that you may read"))
    return None


def _decode(data: bytes, file: str, problems: Problems) -> str | None:
    wide = next((name for mark, name in _WIDE if data.startswith(mark)), None)
    if wide:
        problems.add(Place(file), _("the file is in %(encoding)s", encoding=wide), _save_as())
    elif (nul := data.find(0)) >= 0:
        wrong = _("here is a NUL byte, as in UTF-16 or in a file that is no text")
        problems.add(_place(data, nul, file), wrong, _save_as())
    else:
        return _as_utf8(data, file, problems)
    return None


def _as_utf8(data: bytes, file: str, problems: Problems) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = _wrong_byte(data[error.start])
        problems.add(_place(data, error.start, file), wrong, _save_as())
        return None


def _save_as() -> str:
    return str(_("save the file as UTF-8 (in a spreadsheet: %(kind)s)", kind=shown("CSV UTF-8")))


def _wrong_byte(byte: int) -> str:
    western = bytes([byte]).decode("windows-1252", errors="replace")
    code = f"0x{byte:02X}"
    if not western.isprintable():
        return str(_("byte %(code)s is not UTF-8", code=code))
    return str(
        _(
            "byte %(code)s is not UTF-8 (it would be %(sign)s in Windows-1252)",
            code=code,
            sign=shown(western),
        )
    )


def _place(data: bytes, offset: int, file: str) -> Place:
    before = data[:offset].decode("utf-8-sig", errors="replace")
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _check_misspelt(folder: Path, problems: Problems) -> None:
    """An optional file under a slightly wrong name would be left out without a word."""
    absent = [file for file in OPTIONAL if not (folder / file).exists()]
    for path in sorted(folder.glob("*.[cC][sS][vV]")):
        meant = nearest(path.name, absent)
        if meant and path.name not in FILES:
            wrong = _(
                "no file of the folder has this name, %(file)s may be meant", file=shown(meant)
            )
            right = _("call it %(file)s, or move it elsewhere", file=meant)
            problems.add(Place(path.name), wrong, right)
