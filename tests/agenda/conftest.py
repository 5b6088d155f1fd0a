"""What the tests of agendas share."""

from tests.ical_js import read_with_ical_js

__all__ = ["read_with_ical_js"]
