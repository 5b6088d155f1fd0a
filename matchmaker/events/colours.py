"""An event's own two colours: whether words in them can be read, and every role drawn from them.

The roles are those of `static/css/tokens.css`. Lightness is that of OKLCH, in which a colour stays
the same colour while it gets lighter or darker.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from coloraide import Color

READABLE = 4.5
USUAL = {"brand": "#0e4a5f", "accent": "#9a4d00"}
# What stands behind words in the colour, or is the words on it: card, page, quiet surface.
GROUNDS = ("#ffffff", "#fbfcfc", "#eef4f6")
STEP = 0.004

Roles = dict[str, str]


class Shade(NamedTuple):
    """A lightness, and the most chroma that still looks calm at it."""

    lightness: float
    most_chroma: float = 1.0


LIGHT = {
    "fjord-press": Shade(0.29),
    "fjord-2": Shade(0.31),
    "on-deep-2": Shade(0.86, 0.03),
    "deep-ink": Shade(0.31),
    "fjord-mid": Shade(0.82, 0.06),
    "on-fjord-mid": Shade(0.31),
    "fjord-tint": Shade(0.935, 0.02),
    "on-tint": Shade(0.31),
}
DARK = {
    "fjord": Shade(0.79, 0.09),
    "fjord-press": Shade(0.86, 0.06),
    "on-fjord": Shade(0.22, 0.05),
    "fjord-2": Shade(0.27, 0.05),
    "on-deep-2": Shade(0.8, 0.04),
    "deep-ink": Shade(0.31),
    "fjord-mid": Shade(0.45, 0.08),
    "fjord-tint": Shade(0.33, 0.05),
    "on-tint": Shade(0.91, 0.03),
}
DARK_ACCENT = {
    "cloud": Shade(0.75, 0.14),
    "cloud-ink": Shade(0.82, 0.11),
    "cloud-tint": Shade(0.27, 0.04),
}


def contrast(colour: str) -> float:
    """The least contrast of the colour with what it is drawn on, or what is drawn on it."""
    from coloraide import Color  # noqa: PLC0415 - takes a third of a second

    return float(min(Color(colour).contrast(ground) for ground in GROUNDS))


def nearest_readable(colour: str) -> str:
    """The colour itself, or the same colour darkened by as little as makes it readable."""
    lightness = float(_oklch(colour)["lightness"])
    found = colour
    while contrast(found) < READABLE:
        lightness -= STEP
        found = _shade(colour, Shade(lightness))
    return found


@lru_cache(maxsize=64)
def stylesheet(brand: str, accent: str) -> str:
    """The two colours as custom properties, for both schemes; the usual ones where one is empty."""
    light, dark = roles(brand, accent)
    return (
        f"@layer tokens {{\n:root {{\n{_written(light)}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n:root {{\n{_written(dark)}}}\n}}\n}}\n"
    )


def roles(brand: str, accent: str) -> tuple[Roles, Roles]:
    """Every role that follows the two colours, in the light and in the dark scheme."""
    light: Roles = {}
    dark: Roles = {}
    if brand:
        light |= {"fjord": brand, "on-fjord": "#ffffff"} | _shades(brand, LIGHT)
        light["fjord-press"] = _shade(brand, Shade(_oklch(brand)["lightness"] - 0.09))
        dark |= _shades(brand, DARK) | {"on-fjord-mid": "#ffffff"}
    if accent:
        light |= {"cloud": accent, "cloud-ink": accent}
        light |= _shades(accent, {"cloud-tint": Shade(0.97, 0.025)})
        dark |= _shades(accent, DARK_ACCENT)
    return light, dark


def _shades(colour: str, shades: Mapping[str, Shade]) -> Roles:
    return {role: _shade(colour, shade) for role, shade in shades.items()}


def _shade(colour: str, shade: Shade) -> str:
    made = _oklch(colour)
    made["lightness"] = max(0.0, shade.lightness)
    made["chroma"] = min(made["chroma"], shade.most_chroma)
    return str(made.convert("srgb").fit().to_string(hex=True))


def _oklch(colour: str) -> "Color":
    from coloraide import Color  # noqa: PLC0415 - takes a third of a second

    return Color(colour).convert("oklch")


def _written(roles: Roles) -> str:
    return "".join(f"--{role}: {value};\n" for role, value in roles.items())
