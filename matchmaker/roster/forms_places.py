"""The form of how many can be in: over all and of each type, with the numbers it was made from."""

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField
from wtforms.validators import NumberRange, Optional

from matchmaker.events.models import Event
from matchmaker.fields import differing

MOST_PLACES = 100_000
WRONG = _l("Write a whole number from %(min)d to %(max)d.")


def _number(label: str) -> IntegerField:
    return IntegerField(label, validators=[Optional(), NumberRange(0, MOST_PLACES, message=WRONG)])


class PlacesForm(FlaskForm):
    """A field a type is added by `of`; `seen` are all numbers as the page showed them."""

    seen = HiddenField()
    all = _number(_l("Places in all"))

    event: Event

    @classmethod
    def of(cls, event: Event, *, fresh: bool = False) -> Self:
        """As it was sent, else as it is saved; `fresh` as it is saved in any case."""
        fields = {name_of(kind.id): _number(kind.name) for kind in event.types}
        whole: type[Self] = type("WholePlacesForm", (cls,), fields)
        data: dict[str, Any] = {name_of(kind.id): kind.places for kind in event.types}
        data |= {"all": event.places, "seen": _numbers(event)}
        form = whole(formdata=None, data=data) if fresh else whole(data=data)
        form.event = event
        return form

    @property
    def is_outdated(self) -> bool:
        """Whether the numbers were changed since the page was made."""
        return bool(self.seen.data != _numbers(self.event))

    @property
    def by_type(self) -> dict[int, int | None]:
        return {kind.id: self[name_of(kind.id)].data for kind in self.event.types}

    def differing(self) -> list[tuple[str, str, str]]:
        """The name of each number that is not as saved, with what stands here and what is saved."""
        return differing(self, self.of(self.event, fresh=True))

    def show_saved(self) -> None:
        """From now on it is known what is saved: sending the form again replaces it."""
        self.seen.data = _numbers(self.event)


def name_of(type_id: int) -> str:
    return f"type-{type_id}"


def _numbers(event: Event) -> str:
    """Each number by what it is of, so that a type more or less shows too."""
    return " ".join(
        ["all", str(event.places), *(f"{kind.id}:{kind.places}" for kind in event.types)]
    )
