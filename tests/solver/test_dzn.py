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
        ("nTables = 1", "nTables = 1; nTables = 2", "nTables is written twice, differently."),
        ("nTables = 1", "nTables = 9999999", "nTables is 9999999; this reads up to 1000000."),
        (
            "{0}, ",
            "1..999999999999, ",
            "forbidden holds 1..999999999999; this reads up to 1000000 numbers.",
        ),
        ("{0}, ", "1 union 2, ", "forbidden holds something that is not a set."),
        ("{}, {1}]", "{}, {1", "precedences holds a set that does not end."),
        ("{}, {1}]", "{}, {3}]", "precedences names a number outside 1..2."),
    ],
)
def test_nonsense_is_refused(old: str, new: str, sentence: str) -> None:
    with pytest.raises(InstanceError) as refusal:
        read_dzn(TEXT.replace(old, new, 1))

    assert str(refusal.value) == sentence


def test_every_spelling_the_language_allows_is_read_alike() -> None:
    odd = """/* three people; two
meetings */ int: 'nBusiness'=3;nMeetings=0x2
;
array[1..3] of set of int: forbidden = array1d(1..3, [1..0, {}, {4, 1,}]);
note = "a; b % c";
nTables = 1; nTotalSlots = 4; nMorningSlots = 2; nMorningSlots = 2;
requested = array2d(1..2, 1..3, [2,1,1, 1,3,3,]);
precedences = [{},1..1,]; fixed = [0,2]"""
    plain, other = read_dzn(TEXT), read_dzn(odd.replace("\n", "\r\n"))

    assert other.to_plain() == plain.to_plain()


def test_a_long_range_is_read_to_its_end() -> None:
    long = TEXT.replace("nTotalSlots = 4", "nTotalSlots = 150000").replace("fixed = [0, 2];", "")

    given = read_dzn(long.replace("{0}", "1..149999"))

    assert given.usable[1].nonzero()[0].tolist() == [149_999]


def test_the_length_of_the_morning_may_be_left_out_where_no_meeting_asks_for_a_part() -> None:
    short = TEXT.replace("nMorningSlots = 2;", "")

    assert read_dzn(short.replace("2, 1, 1", "2, 1, 3")).slots == 4
    with pytest.raises(InstanceError, match=r"nMorningSlots is missing\."):
        read_dzn(short)
