"""The whole way on a phone; a file of its own, so that both ways are walked at once."""

from playwright.sync_api import Browser

from tests.journeys.conftest import Site
from tests.journeys.from_registration_to_calendar import from_registration_to_calendar


def test_from_registration_to_calendar_on_a_phone(browser: Browser, site: Site) -> None:
    from_registration_to_calendar(browser, site, width=360)
