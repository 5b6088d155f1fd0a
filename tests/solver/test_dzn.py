"""The published instance format is read as it is, and nonsense is refused in a sentence."""

import pytest

from matchmaker.solver.dzn import read_dzn
from matchmaker.solver.instance_error import InstanceError

TEXT = """% three people
nBusiness = 3; nMeetings = 2;
nTables = 1;
nTotalSlots = 4;
nMorningSlots = 2;
requested = [|2, 1, 1,
|1, 3, 3 |];
forbidden = [{0}, {}, {1,
 4}]; % 0 means nothing
fixed = [0, 2];
precedences = [{}, {1}];
nMeetingsBusiness = [2, 1, 1];
"""


def test_an_instance_is_read_with_numbers_from_0() -> None:
    given = read_dzn(TEXT)

    assert (given.people, given.slots, given.capacity.tolist()) == (3, 4, [1, 1, 1, 1])
    assert given.pairs.tolist() == [[1, 0], [0, 2]]
    assert given.usable.astype(int).tolist() == [[1, 1, 0, 0], [0, 1, 0, 0]]
    assert given.precedences == ((0, 1),)


def test_the_last_three_lists_may_be_left_out() -> None:
    short = TEXT.split("forbidden")[0]

    assert read_dzn(short).usable.astype(int).tolist() == [[1, 1, 0, 0], [1, 1, 1, 1]]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("nTables = 1;", "", "nTables is missing."),
        ("nTables = 1", "nTables = one", "nTables is “one”; it needs a number from 0 up."),
        ("nTables = 1", "nTables 1", "“nTables 1” is not written name = value;"),
        ("2, 1, 1", "2, 1", "requested holds 5 numbers; it needs 6."),
        ("2, 1, 1", "2, x, 1", "requested holds something that is not a number."),
        ("2, 1, 1", "2, 4, 1", "requested names a person outside 1..3."),
        ("2, 1, 1", "2, 2, 1", "requested has somebody meet themselves."),
        ("2, 1, 1", "2, 1, 7", "requested has a part of the day that is not 1, 2 or 3."),
        ("{0}, ", "", "forbidden holds 2 sets; it needs 3."),
        ("{0}", "{9}", "forbidden names a number outside 1..4."),
        ("[0, 2]", "[0, 5]", "fixed needs 2 numbers from 0 to 4."),
        ("{}, {1}]", "{}, {3}]", "precedences names a number outside 1..2."),
    ],
)
def test_nonsense_is_refused(old: str, new: str, sentence: str) -> None:
    with pytest.raises(InstanceError) as refusal:
        read_dzn(TEXT.replace(old, new, 1))

    assert str(refusal.value) == sentence
