"""The demonstration, arranged: what an organiser of 150 people is promised."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from matchmaker.demo.event import build_demo
from matchmaker.matching.arrange import Outcome, arrange
from matchmaker.matching.snapshot import CONSENTS, Consent, Snapshot
from matchmaker.matching.value import pair_values


def demo(consent: Consent) -> Snapshot:
    snapshot = build_demo(date(2026, 11, 21)).snapshot
    return replace(snapshot, settings=replace(snapshot.settings, consent=consent))


@cache
def arranged(consent: Consent) -> Outcome:
    return arrange(demo(consent))


@pytest.mark.parametrize("consent", CONSENTS)
def test_the_agenda_is_proven_within_half_a_per_cent(consent: Consent) -> None:
    outcome = arranged(consent)

    assert outcome.meetings
    assert outcome.report.gap <= 0.005


def test_everybody_who_could_have_a_meeting_has_one() -> None:
    outcome = arranged("wishes")

    wished = {one for pair in pair_values(demo("wishes")) for one in (pair.a, pair.b)}
    met = {one for meeting in outcome.meetings for one in (meeting.pair.a, meeting.pair.b)}
    assert met == wished
