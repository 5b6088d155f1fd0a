"""The forms that start a run, and that ask why two people meet or do not."""

from collections.abc import Sequence
from typing import cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from matchmaker.events.labels import WEIGHT_LABELS
from matchmaker.events.models import MOST_IN_A_ROW, MOST_MEETINGS
from matchmaker.events.weights import MAX_WEIGHT, min_weight
from matchmaker.fields import LineField, ManyOptions
from matchmaker.matching.models import Run
from matchmaker.matching.run_settings import RunSettings
from matchmaker.matching.snapshot import STAYS, Goals, Stay

NOTE_LENGTH = 500
USUAL_GOAL = "100"
LARGEST_SEED = 2**31 - 1


def _goal(label: str) -> SelectField:
    return SelectField(
        label,
        choices=[
            SelectChoice("0", _l("does not count")),
            SelectChoice(USUAL_GOAL, _l("as usual")),
            SelectChoice("400", _l("four times as much")),
        ],
        default=USUAL_GOAL,
        validators=[Optional()],
    )


def _weight(name: str) -> IntegerField:
    wrong = _l("Write a whole number from %(min)d to %(max)d.")
    return IntegerField(
        WEIGHT_LABELS[name],
        validators=[Optional(), NumberRange(min_weight(name), MAX_WEIGHT, message=wrong)],
    )


class RunForm(FlaskForm):
    seed = IntegerField(
        _l("Seed"),
        default=0,
        validators=[
            Optional(),
            NumberRange(0, LARGEST_SEED, _l("Give a whole number from 0 to 2147483647.")),
        ],
    )
    seconds = IntegerField(
        _l("Most seconds to spend"),
        validators=[
            Optional(),
            NumberRange(1, 600, _l("Give a whole number of seconds from 1 to 600.")),
        ],
    )
    stay = RadioField(
        _l("Meetings that are published"),
        choices=[
            SelectChoice("free", _l("Keep their times where that costs no value")),
            SelectChoice("most", _l("Keep as many as can be kept, then add what fits")),
            SelectChoice("fresh", _l("Start fresh; any meeting may move")),
        ],
        default="free",
        validators=[Optional()],
    )

    max_meetings = IntegerField(
        _l("Most meetings for each person"),
        validators=[
            Optional(),
            NumberRange(
                0, MOST_MEETINGS, message=_l("Write a whole number from %(min)d to %(max)d.")
            ),
        ],
    )
    most_in_a_row = IntegerField(
        _l("Most meetings in a row for each person"),
        validators=[
            Optional(),
            NumberRange(
                1, MOST_IN_A_ROW, message=_l("Write a whole number from %(min)d to %(max)d.")
            ),
        ],
    )
    everybody = _goal(_l("Nobody without a meeting"))
    even = _goal(_l("Further meetings to those who have few"))
    promised = _goal(_l("The number of meetings promised to somebody"))
    must = _weight("must")
    want = _weight("want")
    accepted = _weight("accepted")
    offer_meets_need = _weight("offer_meets_need")
    same_topic = _weight("same_topic")
    type_preference = _weight("type_preference")
    different_regions = _weight("different_regions")
    note = LineField(
        _l("Note"),
        validators=[Optional(), Length(max=NOTE_LENGTH, message=_l("Keep it to 500 characters."))],
    )

    @property
    def goals(self) -> list[SelectField]:
        return [self.everybody, self.even, self.promised]

    @property
    def weights(self) -> list[IntegerField]:
        return [self[name] for name in WEIGHT_LABELS]

    @property
    def settings(self) -> RunSettings:
        given = {field.name: field.data for field in self.weights if field.data is not None}
        goals = Goals(**{field.name: int(field.data or USUAL_GOAL) for field in self.goals})
        return RunSettings(self.max_meetings.data, self.most_in_a_row.data, given, goals)

    @property
    def stays(self) -> Stay:
        """What the run keeps; the usual where nothing was chosen."""
        chosen = self.stay.data
        return cast("Stay", chosen) if chosen in STAYS else "free"


class WhyForm(FlaskForm):
    """Two people of a run. It only asks, so it goes by GET and needs no token."""

    class Meta:
        csrf = False

    a = SelectField(
        _l("One person"), validators=[InputRequired(_l("Choose a person."))], widget=ManyOptions()
    )
    b = SelectField(
        _l("The other"), validators=[InputRequired(_l("Choose a person."))], widget=ManyOptions()
    )

    def offer(self, people: list[tuple[str, str]]) -> "WhyForm":
        nobody = SelectChoice("", _l("Choose a person"))
        choices = [nobody, *(SelectChoice(*person) for person in people)]
        self.a.choices = self.b.choices = choices
        return self

    def validate_b(self, field: SelectField) -> None:
        if field.data and field.data == self.a.data:
            raise ValidationError(_l("That is the same person twice. Choose another one."))


class NoteForm(FlaskForm):
    """An organiser's note on a run."""

    note = LineField(
        _l("Note"),
        validators=[Optional(), Length(max=NOTE_LENGTH, message=_l("Keep it to 500 characters."))],
    )


class CompareForm(FlaskForm):
    """Two runs of the event. It only asks, so it goes by GET and needs no token."""

    class Meta:
        csrf = False

    a = SelectField(_l("One run"), validators=[InputRequired(_l("Choose a run."))])
    b = SelectField(_l("The other run"), validators=[InputRequired(_l("Choose a run."))])

    def offer(self, runs: Sequence[Run]) -> "CompareForm":
        names = [(str(run.number), _("Run %(number)s", number=run.number)) for run in runs]
        choices = [SelectChoice("", _("Choose a run")), *(SelectChoice(*each) for each in names)]
        self.a.choices = self.b.choices = choices
        return self

    def validate_b(self, field: SelectField) -> None:
        if field.data and field.data == self.a.data:
            raise ValidationError(_l("That is the same run twice. Choose another one."))
