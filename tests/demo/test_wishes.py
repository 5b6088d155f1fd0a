"""Whom people of the demonstration wish to meet, what they ask, and when they cannot come."""

import os
import subprocess
import sys
from collections import Counter

from matchmaker.demo.event import DemoEvent, build_demo
from matchmaker.demo.requests import DemoRequest
from matchmaker.matching.snapshot import Person, Snapshot
from tests.demo.conftest import AUTUMN

Pair = tuple[str, str]


def wished(snapshot: Snapshot) -> set[Pair]:
    return {(wish.person, wish.other) for wish in snapshot.wishes if wish.level != "no"}


def refused(snapshot: Snapshot) -> set[Pair]:
    return {(wish.person, wish.other) for wish in snapshot.wishes if wish.level == "no"}


def test_most_people_wish_for_5_to_12_others_and_some_for_few_or_none(demo: DemoEvent) -> None:
    sent = Counter(person for person, _ in wished(demo.snapshot))

    numbers = [sent[person.id] for person in demo.snapshot.people]

    assert sum(5 <= number <= 12 for number in numbers) == 137
    assert sum(1 <= number <= 2 for number in numbers) == 6
    assert numbers.count(0) == 7


def test_everybody_wishes_or_is_wished_for(demo: DemoEvent) -> None:
    refusals = refused(demo.snapshot)
    met = {
        person for pair in wished(demo.snapshot) if pair[::-1] not in refusals for person in pair
    }

    assert {person.id for person in demo.snapshot.people} == met


def test_a_third_of_the_wishes_is_returned(demo: DemoEvent) -> None:
    pairs = wished(demo.snapshot)

    returned = sum((other, person) in pairs for person, other in pairs)

    assert 0.3 <= returned / len(pairs) <= 0.4


def test_some_people_are_wished_for_by_more_than_they_can_meet(demo: DemoEvent) -> None:
    received = Counter(other for _, other in wished(demo.snapshot))

    assert received.most_common(1)[0][1] > len(demo.snapshot.slots())


def test_musts_are_few_and_refusals_between_10_and_20(demo: DemoEvent) -> None:
    levels = Counter(wish.level for wish in demo.snapshot.wishes)

    assert 0.05 < levels["must"] / levels["want"] < 0.15
    assert 10 <= levels["no"] <= 20


def test_some_refuse_those_who_wish_for_them(demo: DemoEvent) -> None:
    unheard = {(other, person) for person, other in refused(demo.snapshot)}

    assert len(unheard & wished(demo.snapshot)) == 7


def test_wishes_are_one_a_pair_among_people_who_may_meet(demo: DemoEvent) -> None:
    people = {person.id: person for person in demo.snapshot.people}
    may_meet = demo.snapshot.settings.may_meet or frozenset()

    for wish in demo.snapshot.wishes:
        one, other = people[wish.person], people[wish.other]
        assert one.organisation != other.organisation
        assert (one.type, other.type) in may_meet
    assert len({(w.person, w.other) for w in demo.snapshot.wishes}) == len(demo.snapshot.wishes)


def test_everybody_may_meet_everybody_but_two_types_their_own_kind(demo: DemoEvent) -> None:
    every_pair = {(one, other) for one in demo.types for other in demo.types}

    assert every_pair - (demo.snapshot.settings.may_meet or frozenset()) == {
        ("Investor", "Investor"),
        ("Support organisation", "Support organisation"),
    }


def test_preferred_pairs_are_sorted_pairs_of_types(demo: DemoEvent) -> None:
    preferred = demo.snapshot.settings.preferred

    assert len(preferred) == 4
    assert all(list(pair) == sorted(pair) for pair in preferred)
    assert {name for pair in preferred for name in pair} <= set(demo.types)


def test_requests_come_in_every_state_and_follow_a_wish(demo: DemoEvent) -> None:
    states = Counter(request.state for request in demo.requests)

    assert len(demo.requests) == 60
    assert min(states[state] for state in ("pending", "accepted", "declined")) >= 4
    assert states["expired"] >= 1
    assert {(r.asker, r.answerer) for r in demo.requests} <= wished(demo.snapshot)
    assert len({frozenset((r.asker, r.answerer)) for r in demo.requests}) == 60


def test_accepted_requests_are_in_the_snapshot_and_never_refused(demo: DemoEvent) -> None:
    accepted = {(r.asker, r.answerer) for r in demo.requests if r.state == "accepted"}

    assert demo.snapshot.accepted == accepted
    assert {(answerer, asker) for asker, answerer in accepted} & refused(demo.snapshot) == set()


def test_each_guest_has_three_requests_to_answer_and_eight_wishes(demo: DemoEvent) -> None:
    waiting = Counter(r.answerer for r in demo.requests if r.state == "pending")
    sent = Counter(person for person, _ in wished(demo.snapshot))

    assert [waiting[guest] for guest in demo.guests] == [3, 3, 3]
    assert [sent[guest] for guest in demo.guests] == [8, 8, 8]


def test_guests_are_a_cluster_a_policymaker_and_an_sme_with_all_there_is(
    demo: DemoEvent,
) -> None:
    people = {person.id: person for person in demo.snapshot.people}

    guests = [people[guest] for guest in demo.guests]

    assert [guest.type for guest in guests] == ["Cluster", "Policymaker", "SME"]
    assert all({item.kind for item in guest.items} == {"offer", "need"} for guest in guests)
    assert all(guest.absences == () for guest in guests)
    assert set(demo.guests) <= demo.consented


def test_notes_name_an_offer_or_a_need_of_one_of_the_two(demo: DemoEvent) -> None:
    titles = {p.id: {item.title for item in p.items} for p in demo.snapshot.people}

    def quotes(request: DemoRequest) -> set[str]:
        return set(request.note.replace("”", "“").split("“")[1::2])

    quoting = [request for request in demo.requests if quotes(request)]
    assert all(request.note for request in demo.requests)
    assert len(quoting) > 30
    assert all(quotes(r) <= titles[r.asker] | titles[r.answerer] for r in quoting)


def test_nearly_everybody_agreed_to_be_listed(demo: DemoEvent) -> None:
    hidden = {person.id for person in demo.snapshot.people} - demo.consented

    assert len(hidden) == 8


def test_two_wait_for_approval_and_one_withdrew(demo: DemoEvent) -> None:
    approved = {person.id for person in demo.snapshot.people}

    assert Counter(a.status for a in demo.applicants) == {"pending": 2, "withdrawn": 1}
    assert all(applicant.person.id not in approved for applicant in demo.applicants)


def test_some_arrive_late_leave_early_or_come_for_one_block(demo: DemoEvent) -> None:
    first, second = demo.snapshot.blocks
    absences = [absence for person in demo.snapshot.people for absence in person.absences]
    away = [stretch for own in demo.snapshot.away().values() for stretch in own]

    missed = Counter(
        (absence.start == block.start, absence.end == block.end)
        for absence in away
        for block in (first, second)
        if block.start <= absence.start < absence.end <= block.end
    )

    assert missed == {(True, False): 9, (False, True): 10, (True, True): 10, (False, False): 5}
    assert len(absences) == 29


def test_a_third_attend_a_session_and_five_of_all_a_visit_during_the_meetings(
    demo: DemoEvent,
) -> None:
    attended = Counter(name for person in demo.snapshot.people for name in person.sessions)
    many = [len(person.sessions) for person in demo.snapshot.people if person.sessions]

    assert attended.pop("laboratory") == 5
    assert set(attended) == {"dinner", "money", "fell", "mine"}
    assert len(demo.snapshot.people) // 3 <= len(many) <= len(demo.snapshot.people) // 3 + 5
    assert set(many) == {1, 2}


def test_some_have_not_said_what_they_offer_or_need(demo: DemoEvent) -> None:
    def silent(kind: str) -> set[str]:
        return {p.id for p in demo.snapshot.people if all(i.kind != kind for i in p.items)}

    assert (len(silent("offer")), len(silent("need"))) == (4, 3)
    assert len(silent("offer") & silent("need")) == 1


def test_some_have_limits_of_their_own(demo: DemoEvent) -> None:
    people: tuple[Person, ...] = demo.snapshot.people

    assert 10 <= sum(person.max_meetings is not None for person in people) <= 40
    assert 5 <= sum(person.min_meetings > 0 for person in people) <= 25
    assert all(
        person.min_meetings <= (person.max_meetings or demo.snapshot.settings.max_meetings)
        for person in people
    )


def test_people_and_wishes_stay_when_only_the_days_move(demo: DemoEvent) -> None:
    later = build_demo(AUTUMN.replace(year=2027))

    assert later.snapshot.wishes == demo.snapshot.wishes
    assert later.requests == demo.requests
    assert later.days != demo.days


def test_another_seed_gives_other_wishes_to_the_same_people(demo: DemoEvent) -> None:
    other = build_demo(AUTUMN, seed=7)

    assert [p.name for p in other.snapshot.people] == [p.name for p in demo.snapshot.people]
    assert other.snapshot.wishes != demo.snapshot.wishes


def test_the_same_day_and_seed_give_the_same_event(demo: DemoEvent) -> None:
    assert build_demo(AUTUMN) == demo


def test_the_event_is_the_same_in_another_process(demo: DemoEvent) -> None:
    """Python orders sets differently from process to process; the event must not notice."""
    here = f"{demo.snapshot.wishes}{demo.requests}{demo.snapshot.people}\n"

    printed = [_print_in_process(hash_seed) for hash_seed in ("1", "2")]

    assert printed == [here, here]


def _print_in_process(hash_seed: str) -> str:
    code = (
        "from datetime import date; from matchmaker.demo.event import build_demo;"
        f"d = build_demo(date.fromisoformat('{AUTUMN}'));"
        "print(f'{d.snapshot.wishes}{d.requests}{d.snapshot.people}')"
    )
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True
    )
    return done.stdout.decode()
