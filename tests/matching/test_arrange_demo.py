"""The demonstration, arranged: what an organiser of 150 people is promised.

By wishes, as it is, it goes through the files: `tests/exchange/test_demo_event.py`.
"""

from dataclasses import replace
from datetime import date

import pytest

from matchmaker.demo.event import build_demo
from matchmaker.matching.arrange import arrange
from matchmaker.matching.snapshot import CONSENTS, Consent, Snapshot


def demo(consent: Consent) -> Snapshot:
    snapshot = build_demo(date(2026, 11, 21)).snapshot
    return replace(snapshot, settings=replace(snapshot.settings, consent=consent))


@pytest.mark.parametrize("consent", [each for each in CONSENTS if each != "wishes"])
def test_the_agenda_is_proven_within_half_a_per_cent(consent: Consent) -> None:
    outcome = arrange(demo(consent))

    assert outcome.meetings
    assert outcome.report.gap <= 0.005
