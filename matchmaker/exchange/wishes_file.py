"""`wishes.csv`: whom participants want to meet, and whom not."""

from flask_babel import gettext as _

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
        level=row.needed("level", shapes.one_of(LEVELS, _("level of a wish")), "want"),
    )
    if wish.person and wish.person == wish.other:
        wrong = _("%(person)s has a wish about themselves", person=shown(wish.person))
        right = _("name another participant, or delete the row")
        row.problems.add(row.place("to"), wrong, right)
    return wish


def _check_agreement(row: Row, wish: Wish, first: tuple[Wish, Row]) -> None:
    """The same said twice does no harm, but of two different wishes no one can tell which holds."""
    before, there = first
    if wish.person and wish.other and wish.level != before.level:
        wrong = _(
            "%(person)s has a wish about %(other)s in line %(line)d already: %(before)s there,"
            " %(now)s here",
            person=shown(wish.person),
            other=shown(wish.other),
            line=there.line,
            before=shown(before.level),
            now=shown(wish.level),
        )
        row.problems.add(row.place("level"), wrong, _("delete one of the two rows"))
