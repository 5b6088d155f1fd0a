"""What an organiser reads of a mail that was sent to somebody else."""

import re

# Signed addresses end in a value, a dot and a signature; no page of ours has a dot in its address.
_PERSONAL = re.compile(r"(https?://\S*/)[\w-]+\.[\w.-]{20,}")


def without_personal_links(text: str) -> str:
    """The text with the links cut short by which whoever has them could act for the reader."""
    return _PERSONAL.sub(r"\1…", text)
