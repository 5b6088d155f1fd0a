"""The form of an event's two colours."""

import re
from typing import Self

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, ValidationError

from matchmaker.events.colours import READABLE, USUAL, contrast, nearest_readable
from matchmaker.events.models import Event

COLOUR = re.compile(r"#[0-9a-f]{6}")


class ColoursForm(FlaskForm):
    """Colours as `#rrggbb`, which is how a browser's own field for colours sends them."""

    version = HiddenField()
    brand = StringField(
        _l("Colour of the event"),
        description=_l("Buttons, links, the field behind the event's name."),
        filters=[lambda text: (text or "").strip().lower()],
    )
    accent = StringField(
        _l("Accent"),
        description=_l("What needs attention: changed, soon, waiting."),
        filters=[lambda text: (text or "").strip().lower()],
    )

    @classmethod
    def of(cls, event: Event, *, fresh: bool = False) -> Self:
        """As it was sent, else as it is saved; `fresh` as it is saved in any case."""
        data = USUAL | event.colours | {"version": event.version}
        form = cls(formdata=None, data=data) if fresh else cls(data=data)
        for field in (form.brand, form.accent):
            field.flags.required = True
        return form

    def validate_brand(self, field: StringField) -> None:
        _check(field)

    def validate_accent(self, field: StringField) -> None:
        _check(field)

    @property
    def colours(self) -> dict[str, str]:
        """None of their own where both are the usual ones."""
        given = {"brand": self.brand.data or "", "accent": self.accent.data or ""}
        return {} if given == USUAL else given

    def nearest(self) -> dict[str, str]:
        """Both colours made readable; empty where one is no colour."""
        given = {"brand": self.brand.data or "", "accent": self.accent.data or ""}
        if not all(COLOUR.fullmatch(colour) for colour in given.values()):
            return {}
        return {role: nearest_readable(colour) for role, colour in given.items()}


def _check(field: StringField) -> None:
    colour = field.data or ""
    if not COLOUR.fullmatch(colour):
        raise ValidationError(_("Write the colour as %(example)s.", example=USUAL["brand"]))
    found = contrast(colour)
    if found < READABLE:
        raise ValidationError(
            _(
                "Words in this colour have a contrast of %(found)s to 1; people read them well from"
                " %(least)s on. The nearest that is dark enough: %(nearest)s.",
                found=format_decimal(int(found * 100) / 100),
                least=format_decimal(READABLE),
                nearest=nearest_readable(colour),
            )
        )
