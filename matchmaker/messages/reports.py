"""Reading the reports that mail servers send back (RFC 3464): which of our mails did not arrive.

A report is believed where it names the Message-ID of a mail that we sent: it holds 128 random bits,
which only the reader and the servers on the way have seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message

LONGEST_REASON = 500
HEADERS_OF = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
_MESSAGE_ID = re.compile(r"<[^<>\s]+@[^<>\s]+>")
_TYPED = re.compile(r"^\s*[\w-]+\s*;\s*")


@dataclass(frozen=True, slots=True)
class Report:
    """`message_ids` of the mail that may be meant; `reason` as the server put it."""

    message_ids: tuple[str, ...]
    reason: str


def read_report(message: EmailMessage) -> Report | None:
    """What the message says of a mail that never arrived; None for one that waits, or no report."""
    failures = [part for part in _recipients(message) if _said(part, "Action") == "failed"]
    if not failures:
        return None
    reasons = dict.fromkeys(_reason(part) for part in failures)
    return Report(tuple(dict.fromkeys(_ids(message))), "; ".join(reasons)[:LONGEST_REASON])


def _recipients(message: EmailMessage) -> Iterator[Message]:
    """The blocks of a delivery status that speak of one address each; the first is of the whole."""
    for part in message.walk():
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            blocks = part.get_payload()
            yield from (block for block in blocks if isinstance(block, Message))


def _ids(message: EmailMessage) -> Iterator[str]:
    """From the mail that is sent back, else from what the report answers."""
    for part in message.walk():
        if part.get_content_type() in HEADERS_OF:
            yield from _MESSAGE_ID.findall(_message_id_line(part))
    for name in ("In-Reply-To", "References", "X-Original-Message-ID"):
        yield from _MESSAGE_ID.findall(str(message.get(name, "")))


def _message_id_line(part: Message) -> str:
    inside = part.get_payload()
    if isinstance(inside, list):
        sent_back = inside[0] if inside else None
        return str(sent_back.get("Message-ID", "")) if isinstance(sent_back, Message) else ""
    text = part.get_payload(decode=True)
    headers = text.decode(errors="replace") if isinstance(text, bytes) else str(inside)
    found = re.search(r"(?im)^Message-ID:[ \t]*(?:\r?\n[ \t]+)?(.*)$", headers)
    return found[1] if found else ""


def _said(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip().lower()


def _reason(block: Message) -> str:
    """The server's own words with the address; the status number where it said none."""
    told = _TYPED.sub("", str(block.get("Diagnostic-Code", "")))
    address = _TYPED.sub("", str(block.get("Final-Recipient", "")))
    words = " ".join((told or str(block.get("Status", ""))).split())
    return f"{address}: {words}" if address else words
