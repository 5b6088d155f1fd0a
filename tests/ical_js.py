"""A second, independent reader of calendars: ical.js, the parser of Thunderbird and Nextcloud."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from py_mini_racer import MiniRacer

ICAL_JS = Path(__file__).parent / "vendor" / "ical.js" / "ical.es5.min.cjs"

READ = """
function read(text, zone) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const local = time => time.toJSDate().toLocaleString("sv-SE", {timeZone: zone});
  return JSON.stringify({
    name: calendar.getFirstPropertyValue("x-wr-calname"),
    events: calendar.getAllSubcomponents("vevent").map(component => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid, summary: event.summary, location: event.location,
        description: event.description, sequence: event.sequence,
        status: component.getFirstPropertyValue("status"),
        url: component.getFirstPropertyValue("url"),
        start: local(event.startDate), end: local(event.endDate),
      };
    }),
  });
}
"""

ReadCalendar = Callable[[bytes, str], dict[str, Any]]


@pytest.fixture(scope="session")
def read_with_ical_js() -> Iterator[ReadCalendar]:
    """What ical.js makes of a calendar; times as a wall clock in the zone shows them."""
    with MiniRacer() as engine:
        engine.eval(ICAL_JS.read_text())
        engine.eval(READ)
        yield lambda content, zone: json.loads(str(engine.call("read", content.decode(), zone)))
