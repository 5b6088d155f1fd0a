"""The forms of what people say of their meetings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import AnyOf, Length

from matchmaker.fields import TOO_LONG, ParagraphsField, one_line
from matchmaker.followup.models import RATINGS, RESULTS, SAYINGS
from matchmaker.followup.queries import MeetingSide, Pair
from matchmaker.followup.said import LONGEST_LINE, LONGEST_NOTE
from matchmaker.followup.services import Answer

NOTHING = "nothing"


class SayForm(FlaskForm):
    """One button; pressing the pressed one sends nothing, which takes the word back."""

    said = StringField(validators=[AnyOf(SAYINGS)])


class RatingForm(FlaskForm):
    rating = StringField(validators=[AnyOf(("", *(str(each) for each in RATINGS)))])

    @property
    def chosen(self) -> int | None:
        return int(self.rating.data) if self.rating.data else None


class NoteForm(FlaskForm):
    note = ParagraphsField(
        _l("Your note"),
        description=_l("Only you ever read it: neither they nor the organisers do."),
        validators=[Length(max=LONGEST_NOTE, message=TOO_LONG)],
    )


@dataclass(frozen=True, slots=True)
class Typed:
    """What was ticked and written of one meeting; nothing at all is no answer."""

    results: frozenset[str] = frozenset()
    nothing: bool = False
    line: str = ""
    error: str = ""

    @property
    def answer(self) -> Answer | None:
        said = self.results or self.nothing or self.line
        return Answer(self.results, self.line) if said else None


def key_of(pair: Pair) -> str:
    """How the fields of a meeting are named."""
    return f"{pair[0]}-{pair[1]}"


def typed_in(sent: MultiDict[str, str], met: Iterable[MeetingSide]) -> Mapping[Pair, Typed]:
    """What was sent of these meetings; whatever else was, is passed over.

    By one button nothing has come yet of all those that nothing is said of.
    """
    return {each.pair: _typed(sent, key_of(each.pair)) for each in met}


def _typed(sent: MultiDict[str, str], key: str) -> Typed:
    ticked, line = set(sent.getlist(f"results-{key}")), one_line(sent.get(f"line-{key}"))
    error = ""
    if len(line) > LONGEST_LINE:
        error = _("Shorten this to %(max)d characters or fewer.", max=LONGEST_LINE)
    results = frozenset(ticked & set(RESULTS))
    is_of_the_rest = sent.get("rest") == NOTHING and not (results or line)
    return Typed(
        results=results,
        nothing=NOTHING in ticked or is_of_the_rest,
        line=line,
        error=error,
    )
