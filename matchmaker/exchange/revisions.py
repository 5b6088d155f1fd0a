"""Calendars written again: what has not changed keeps its stamps, what has counts on.

A calendar program takes an event it knows for news only where SEQUENCE is higher than before.
"""

import re

_EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
_UID = re.compile(rb"\r\nUID:(.{40})")  # as much as stands on the line before it may be folded
_SEQUENCE = re.compile(rb"\r\nSEQUENCE:(\d+)")
_STAMPS = re.compile(rb"\r\n(?:DTSTAMP|LAST-MODIFIED|SEQUENCE):\w+")


def keep_revisions(new: bytes, old: bytes) -> bytes:
    """The new calendar, with each event's sequence and stamps in line with the old one's."""
    before = {_uid(event): event for event in _EVENT.findall(old)}
    return _EVENT.sub(lambda found: _revised(found[0], before.get(_uid(found[0]))), new)


def _uid(event: bytes) -> bytes:
    found = _UID.search(event)
    return found[1] if found else event


def _revised(event: bytes, before: bytes | None) -> bytes:
    if before is None:
        return event
    if _STAMPS.sub(b"", event) == _STAMPS.sub(b"", before):
        return before
    found = _SEQUENCE.search(before)
    following = int(found[1]) + 1 if found else 1
    return _SEQUENCE.sub(b"\r\nSEQUENCE:%d" % following, event)
