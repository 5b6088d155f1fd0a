"""The folder of an event in one zip: packed, and unpacked without trusting whoever packed it."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from flask_babel import gettext as _

from matchmaker.clock import now
from matchmaker.errors import Invalid
from matchmaker.exchange.problems import FILES

MOST_BYTES = 8 * 1024 * 1024
MOST_ENTRIES = 1000
_PLAIN_NAME = re.compile(r"[\w][\w .-]{0,60}\.(csv|json|toml)", re.IGNORECASE | re.ASCII)
_PICTURE = re.compile(r"(pictures|logos)/\w[\w .@+-]{0,90}\.(webp|png|jpg|jpeg|gif)")
# Other ways of packing are not unpacked piece by piece, so their size shows only when it is late.
_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError)


def pack(folder: str, files: Mapping[str, bytes]) -> bytes:
    """The files in one folder of a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", now().timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


@contextmanager
def unpacked(data: bytes) -> Iterator[Path]:
    """A passing folder with the event's files, whether the zip holds them or a folder of them.

    Only plain names are taken, and only so many bytes, whatever the zip claims.

    Raises:
        Invalid: the zip is damaged, locked, too large, or holds no event.
    """
    with TemporaryDirectory(prefix="matchmaker-") as folder:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _extract(archive, Path(folder))
        except _DAMAGE as error:
            raise Invalid(_not_a_zip(), field="file") from error
        yield Path(folder)


def _extract(archive: zipfile.ZipFile, folder: Path) -> None:
    left = MOST_BYTES
    for name, entry in _wanted(archive.infolist()).items():
        _refuse_unreadable(entry)
        with archive.open(entry) as source:
            content = source.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Invalid(_too_large(), field="file")
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


def _refuse_unreadable(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 1:
        raise Invalid(_("The zip is locked by a password. Pack it without one."), field="file")
    if entry.compress_type not in _PACKING:
        sentence = _("The zip is packed in an unusual way. Pack it as an ordinary zip (Deflate).")
        raise Invalid(sentence, field="file")


def _wanted(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files next to `event.toml` by plain name, and the pictures and logos in their folders."""
    if len(entries) > MOST_ENTRIES:
        raise Invalid(_too_large(), field="file")
    home = _home(entries)
    wanted: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        path = _path(entry)
        name = str(path.relative_to(home)) if path.is_relative_to(home) else ""
        if not entry.is_dir() and (_PLAIN_NAME.fullmatch(name) or _PICTURE.fullmatch(name)):
            if name in wanted:
                sentence = _("The zip holds %(name)s twice. Leave one of them out.", name=name)
                raise Invalid(sentence, field="file")
            wanted[name] = entry
    return wanted


def _home(entries: Iterable[zipfile.ZipInfo]) -> PurePosixPath:
    """The one folder of the zip that holds an event."""
    paths = [_path(entry) for entry in entries]
    homes = {path.parent for path in paths if path.name == FILES[0]} or {
        path.parent for path in paths if path.name in FILES
    }
    if not homes:
        sentence = _(
            "There is no event.toml in this zip. Pack the folder that holds event.toml,"
            " participants.csv and wishes.csv."
        )
        raise Invalid(sentence, field="file")
    if len(homes) > 1:
        raise Invalid(
            _("The zip holds several events. Pack the folder of one event alone."), field="file"
        )
    return homes.pop()


def _path(entry: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(entry.filename.replace("\\", "/"))


def _not_a_zip() -> str:
    sentence: str = _(
        "This is not a zip that can be read; it may be damaged. Pack the folder again and choose"
        " the zip file."
    )
    return sentence


def _too_large() -> str:
    sentence: str = _(
        "What is in the zip is too large for an event: more than %(most)d megabytes. Pack only the"
        " files of the event.",
        most=MOST_BYTES // (1024 * 1024),
    )
    return sentence
