"""The demonstration as it looks on one day in autumn."""

from datetime import date

import pytest

from matchmaker.demo.event import DemoEvent, build_demo
from matchmaker.matching.snapshot import Person

AUTUMN = date(2026, 11, 21)


@pytest.fixture(scope="session")
def demo() -> DemoEvent:
    return build_demo(AUTUMN)


@pytest.fixture(scope="session")
def everybody(demo: DemoEvent) -> list[Person]:
    """The approved, and those who wait or withdrew."""
    return [*demo.snapshot.people, *(applicant.person for applicant in demo.applicants)]
