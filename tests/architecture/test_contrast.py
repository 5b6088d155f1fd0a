"""The colours of the design can be read: each pair used together, in both schemes, by WCAG 2.2."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static/css"
TOKENS = (CSS / "tokens.css").read_text()
HOLD_COLOURS = {"tokens.css", "paper.css"}
SCHEMES = ("light", "dark")

TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2") for ground in ("snow", "card", "ice")],
    *[("ink", f"{tone}-tint") for tone in ("fjord", "cloud", "lichen", "berry")],
    *[("fjord", ground) for ground in ("snow", "card", "ice")],
    *[("on-tint", ground) for ground in ("card", "ice", "fjord-tint")],
    ("on-fjord", "fjord"),
    ("on-fjord", "fjord-press"),
    ("on-fjord-mid", "fjord-mid"),
    ("on-deep", "fjord-2"),
    ("on-deep-2", "fjord-2"),
    ("deep-ink", "on-deep"),
    *[("cloud-ink", ground) for ground in ("snow", "card", "cloud-tint")],
    ("card", "cloud-ink"),
    *[("lichen", ground) for ground in ("snow", "card")],
    ("lichen-ink", "lichen-tint"),
    *[("berry", ground) for ground in ("snow", "card", "berry-tint")],
    ("on-berry", "berry"),
    ("on-berry", "berry-press"),
]
SHAPES = [
    *[("edge", ground) for ground in ("snow", "card")],
    *[("fjord", ground) for ground in ("snow", "card", "ice", "fjord-tint")],
    ("berry", "card"),
    ("lichen", "card"),
]


def colours(scheme: str) -> dict[str, tuple[int, int, int]]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    source = light if scheme == "light" else light + dark
    return {
        name: (int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16))
        for name, value in re.findall(r"--([\w-]+): #([0-9a-f]{6});", source)
    }


def luminance(colour: tuple[int, int, int]) -> float:
    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(scheme: str, pairs: list[tuple[str, str]], least: float) -> dict[str, float]:
    palette = colours(scheme)
    ratios = {f"{a} on {b}": contrast(palette[a], palette[b]) for a, b in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_stands_out_from_its_ground(scheme: str) -> None:
    assert too_faint(scheme, TEXT, 4.5) == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_of_fields_and_what_carries_meaning_stand_out(scheme: str) -> None:
    assert too_faint(scheme, SHAPES, 3.0) == {}


def test_the_measure_knows_black_white_and_a_faint_grey() -> None:
    black, white, grey = (0, 0, 0), (255, 255, 255), (0x77, 0x77, 0x77)

    assert contrast(black, white) == pytest.approx(21.0)
    assert contrast(grey, white) == pytest.approx(4.48, abs=0.005)


def test_no_other_file_holds_a_colour() -> None:
    others = [path for path in sorted(CSS.glob("*.css")) if path.name not in HOLD_COLOURS]

    held = {path.name: re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(", path.read_text()) for path in others}

    assert {name: colours for name, colours in held.items() if colours} == {}


def test_every_role_with_a_colour_has_one_for_the_dark() -> None:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    names = [set(re.findall(r"--([\w-]+): #", part)) for part in (light, dark)]

    assert names[0] == names[1]
