"""`wishes.csv`: whom participants want to meet, and whom not."""

from matchmaker.exchange import shapes
from matchmaker.exchange.participants_file import ParticipantsFile
from matchmaker.exchange.problems import Problems, shown
from matchmaker.exchange.tables import Layout, Row, read_table
from matchmaker.matching.snapshot import LEVELS, Wish

COLUMNS = ("from", "to", "level")
LAYOUT = Layout("wishes.csv", columns=COLUMNS, needed=COLUMNS)


def read_wishes(text: str, participants: ParticipantsFile, problems: Problems) -> tuple[Wish, ...]:
    wishes: list[Wish] = []
    first: dict[tuple[str, str], tuple[Wish, Row]] = {}
    for row in read_table(LAYOUT, text, problems).rows:
        if row.whole:
            wish = _wish(row, participants)
            wishes.append(wish)
            _check_agreement(row, wish, first.setdefault((wish.person, wish.other), (wish, row)))
    return tuple(dict.fromkeys(wishes))


def _wish(row: Row, participants: ParticipantsFile) -> Wish:
    wish = Wish(
        person=row.needed("from", participants.known, ""),
        other=row.needed("to", participants.known, ""),
        level=row.needed("level", shapes.one_of(LEVELS, "level of a wish"), "want"),
    )
    if wish.person and wish.person == wish.other:
        wrong = f"{shown(wish.person)} has a wish about themselves"
        row.problems.add(row.place("to"), wrong, "name another participant, or delete the row")
    return wish


def _check_agreement(row: Row, wish: Wish, first: tuple[Wish, Row]) -> None:
    """The same said twice does no harm, but of two different wishes no one can tell which holds."""
    before, there = first
    if wish.person and wish.other and wish.level != before.level:
        wrong = (
            f"{shown(wish.person)} has a wish about {shown(wish.other)} in line {there.line}"
            f" already: {shown(before.level)} there, {shown(wish.level)} here"
        )
        row.problems.add(row.place("level"), wrong, "delete one of the two rows")
