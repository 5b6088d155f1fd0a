"""What people fill in when they wish, ask and answer."""

from collections.abc import Iterable
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, Length

from matchmaker.fields import TOO_LONG, ParagraphsField
from matchmaker.marketplace.models import Item
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import LEVELS, Request
from matchmaker.wishes.queries import items_between
from matchmaker.wishes.rules import LONGEST_NOTE

GROUPS = {
    (False, "offer"): _l("What they offer"),
    (False, "need"): _l("What they need"),
    (True, "offer"): _l("What you offer"),
    (True, "need"): _l("What you need"),
}


def _item_id(text: str | int | None) -> int | None:
    return int(text) if text else None


class WishForm(FlaskForm):
    """The buttons of a person: one level, or nothing, which takes back what was said."""

    level = StringField(validators=[AnyOf(("", *LEVELS), message=_l("Choose must, want or no."))])

    @property
    def takes_back(self) -> bool:
        return not self.level.data


class RequestForm(FlaskForm):
    about = SelectField(_l("What it is about"), coerce=_item_id, choices=[SelectChoice("", "")])
    note = ParagraphsField(
        _l("A note to them"),
        description=_l("Say in a sentence or two what you would like to talk about."),
        validators=[
            Length(
                max=LONGEST_NOTE,
                message=_l("The note is too long; write at most %(max)d characters."),
            )
        ],
    )

    @classmethod
    def between(
        cls, me: Participant, other: Participant, said: Request | None = None, **more: Any
    ) -> "RequestForm":
        """The form with what the two offer and need to choose from; `said` is what it begins with.

        `formdata=None` keeps it from taking what another form of the page sent.
        """
        given = {} if said is None else {"note": said.note, "about": said.about_id}
        form = cls(data=given, **more)
        form.about.choices = _choices(me, items_between(me, other))
        return form


class DeclineForm(FlaskForm):
    reason = ParagraphsField(
        _l("Why not"),
        description=_l("They read it. Leave it empty if you would rather not say."),
        validators=[Length(max=LONGEST_NOTE, message=TOO_LONG)],
    )


def _choices(me: Participant, items: Iterable[Item]) -> list[SelectChoice]:
    nothing = SelectChoice("", _("Nothing in particular"))
    return [nothing, *(_choice(me, item) for item in items)]


def _choice(me: Participant, item: Item) -> SelectChoice:
    group = str(GROUPS[item.participant_id == me.id, item.kind])
    return SelectChoice(str(item.id), item.title_in(get_locale().language), optgroup=group)
