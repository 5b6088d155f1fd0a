"""Pictures that people send: told by their content, made square and small, stripped of the rest."""

import hashlib
import struct
from io import BytesIO
from typing import NamedTuple

from flask_babel import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from matchmaker.errors import Invalid

MEGABYTES = 5
LARGEST_FILE = MEGABYTES * 1024 * 1024
LARGEST_AREA = 50_000_000
LARGE, SMALL = 400, 96
HEAVIEST_SMALL = 5_000
QUALITIES = (80, 65, 50, 35, 20)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# A JPEG is read at the size needed; the others are whole in memory, four bytes a pixel.
LARGEST_AREA_READ_WHOLE = 25_000_000
DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, struct.error)


class Picture(NamedTuple):
    """A picture in two sizes, as WebP; `print` names these very bytes."""

    large: bytes
    small: bytes
    print: str


def make_picture(content: bytes, *, whole: bool = False) -> Picture:
    """Make both sizes: a square from the middle, or all of it on white where `whole`.

    Raises:
        Invalid: it is no picture, or one that is too large; the sentence says what to do.
    """
    _check_file(content)
    image = _read(content)
    fitted = [_square(image, side, whole=whole) for side in (LARGE, SMALL)]
    large = _encode(fitted[0], QUALITIES[0])
    small = next(
        (made for q in QUALITIES if len(made := _encode(fitted[1], q)) <= HEAVIEST_SMALL),
        _encode(fitted[1], QUALITIES[-1]),
    )
    return Picture(large, small, print_of(large))


def print_of(large: bytes) -> str:
    return hashlib.sha256(large).hexdigest()[:16]


def _check_file(content: bytes) -> None:
    if not content:
        raise Invalid(_("Choose a picture on your device first."), field="picture")
    if len(content) > LARGEST_FILE:
        sentence = _(
            "This file is larger than %(most)d MB. Choose a smaller one, or save it smaller first.",
            most=MEGABYTES,
        )
        raise Invalid(sentence, field="picture")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<svg" in content.lower():
        sentence = _(
            "This is an SVG file, which can carry programs, so it is not taken. Save it as PNG,"
            " then send that."
        )
        raise Invalid(sentence, field="picture")


def _read(content: bytes) -> Image.Image:
    """The picture the right way up, without transparency."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            _check_area(image)
            image.draft("RGB", (2 * LARGE, 2 * LARGE))
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except UnidentifiedImageError as error:
        sentence = _("This is no picture that can be read here. Send a JPEG, PNG, WebP or GIF.")
        raise Invalid(sentence, field="picture") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_wide() from error
    except DAMAGED as error:
        sentence = _("This picture is damaged. Open it on your device, save it anew and try again.")
        raise Invalid(sentence, field="picture") from error
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    return paper


def _check_area(image: Image.Image) -> None:
    most = LARGEST_AREA if image.format == "JPEG" else LARGEST_AREA_READ_WHOLE
    if image.width * image.height > most:
        raise _too_wide()


def _too_wide() -> Invalid:
    sentence = _(
        "This picture has too many pixels to be opened here. Make it smaller, 1000 by 1000 is"
        " plenty, and send it again."
    )
    return Invalid(sentence, field="picture")


def _square(image: Image.Image, side: int, *, whole: bool) -> Image.Image:
    if whole:
        return ImageOps.pad(image, (side, side), color="white")
    return ImageOps.fit(image, (side, side), centering=(0.5, 0.4))


def _encode(image: Image.Image, quality: int) -> bytes:
    made = BytesIO()
    image.save(made, "WEBP", quality=quality, method=4)
    return made.getvalue()
