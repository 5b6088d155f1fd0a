"""Pictures sent become small squares without their metadata; whatever else comes is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from matchmaker.errors import Invalid
from matchmaker.pictures import HEAVIEST_SMALL, LARGEST_FILE, make_picture

pytestmark = pytest.mark.usefixtures("context")

TURNED_BY_90 = 6


def photo(size: tuple[int, int] = (60, 40), kind: str = "JPEG", *, mode: str = "RGB") -> bytes:
    """A picture whose left half is red, with a place in its metadata."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = TURNED_BY_90
    exif[0x010E] = "Secret cottage, Muonio"
    made = io.BytesIO()
    image.save(made, kind, exif=exif.tobytes())
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_both_sizes_are_square_webp_the_right_way_up_and_without_metadata(kind: str) -> None:
    made = make_picture(photo(kind=kind))

    large, small = opened(made.large), opened(made.small)
    assert (large.size, small.size, large.format) == ((400, 400), (96, 96), "WEBP")
    assert (dict(large.getexif()), b"Muonio" in made.large + made.small) == ({}, False)
    top, bottom = large.convert("RGB").getpixel((200, 20)), large.getpixel((200, 380))
    assert (top[0] > 200, bottom[2] > 200) == (True, True)  # turned: red is on top


def test_a_small_one_weighs_little_whatever_is_on_it() -> None:
    noise = Image.effect_noise((600, 600), 120).convert("RGB")
    sent = io.BytesIO()
    noise.save(sent, "PNG")

    assert len(make_picture(sent.getvalue()).small) <= HEAVIEST_SMALL


def test_a_logo_is_shown_whole_on_white() -> None:
    wide = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    sent = io.BytesIO()
    wide.save(sent, "PNG")

    made = opened(make_picture(sent.getvalue(), whole=True).large).convert("RGB")

    assert {made.getpixel(at) for at in ((5, 5), (200, 200), (395, 395))} == {(255, 255, 255)}


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 40,000 by 40,000 pixels."""
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    return start + struct.pack(">I", zlib.crc32(chunk)) + b"\0\0\0\0IDAT"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose a picture"),
        (b"\0" * (LARGEST_FILE + 1), "larger than 5 MB"),
        (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "SVG file, which can carry programs"),
        (b"%PDF-1.7 but named me.jpg", "no picture that can be read"),
        (b"MZ\x90\0", "no picture that can be read"),
        (photo()[:200], "damaged"),
        (photo(kind="PNG")[:-30], "damaged"),
        (photo(kind="BMP"), "no picture that can be read"),
        (bomb(), "too many pixels"),
        (photo((5001, 5000), "GIF"), "too many pixels"),
    ],
)
def test_what_is_no_picture_to_keep_is_refused_with_what_to_do(
    content: bytes, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        make_picture(content)
